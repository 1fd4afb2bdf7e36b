import type { ContextRequest, SearchRequest } from '../protocol.js';
import { badOption } from './bad-option.js';
import { checkFilters, isTexts } from './check-filters.js';

/** Least and most of each option. */
const RANGES = {
  limit: [1, 100],
  'rerank.candidates': [0, 100],
  'rerank.budget': [1, 60_000],
  sectionsPerPage: [1, 20],
  excerptLength: [40, 1000],
  maxTokens: [16, 100_000],
} as const;

/**
 * Checks the options of a query, or of a question.
 * @throws SearchError `bad-option` that names the option and what it may be
 */
export function checkRequest(request: Omit<SearchRequest & ContextRequest, 'text'>): void {
  const { candidates, budget } = request.rerank ?? {};
  const values = {
    ...request,
    'rerank.candidates': candidates === 'auto' ? undefined : candidates,
    'rerank.budget': budget,
  };
  for (const [option, [least, most]] of Object.entries(RANGES)) {
    const value = values[option as keyof typeof RANGES];
    if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most))
      throw badOption(option, value, `a whole number from ${least} to ${most}`);
  }
  const { filters, sort, facets } = request;
  if (filters !== undefined) checkFilters(filters);
  if (sort !== undefined) checkSort(sort);
  if (facets !== undefined) checkFacets(facets);
}

function checkSort(sort: unknown): void {
  const { by, order } = (typeof sort === 'object' && sort !== null ? sort : {}) as Record<string, unknown>;
  if (typeof by !== 'string' || (order !== undefined && order !== 'asc' && order !== 'desc'))
    throw badOption('sort', sort, "{ by: key }, and as order 'asc' or 'desc'");
}

function checkFacets(facets: unknown): void {
  if (facets !== true && !isTexts(facets)) throw badOption('facets', facets, 'true or a list of filter keys');
}
