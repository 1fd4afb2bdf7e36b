import { SearchError } from '../errors.js';
import type { Refinements } from '../refinements.js';

const UNKNOWN =
  "The site's search engine finds the pages, and the values that they have for filters are not counted.";

/** The refinements of a site whose search engine finds the pages: filters go with the request, and nothing is counted. */
export const remoteRefinements: Refinements = {
  refine: async () => ({}),
  facets: async () => ({ facets: {}, missing: [{ part: 'filters', reason: UNKNOWN }] }),
  filters: async () => {
    throw new SearchError('bad-option', UNKNOWN);
  },
};
