import type { Bitmap } from './bitmap.js';
import type { Candidate } from './candidate.js';
import { messageOf } from './errors.js';
import { filterRules } from './filters.js';
import type { Manifest } from './index-file/manifest.js';
import type { PassageStore } from './index-file/passage-store.js';
import type { IndexSource } from './index-file/source.js';
import type { Analyser } from './keyword/analyse.js';
import type { KeywordStore } from './keyword/keyword-store.js';
import { countFacets } from './page-data/count-facets.js';
import { filterPages } from './page-data/filter-pages.js';
import { allMatches, allPages, inOrderOf } from './page-data/list-pages.js';
import { PageDataStore } from './page-data/page-data-store.js';
import { PagePassages } from './page-data/page-passages.js';
import type { Query } from './query.js';
import { restrict } from './restrict.js';
import type { FacetCounts, Missing, SearchRequest, SortBy } from './update.js';

/** What a query asks beyond words: quotes, excluded words, filters, a sort. Few do, so this is loaded when one does. */
export interface Refinements {
  /** Never rejects: what cannot be had is named. */
  refine(query: Query): Promise<Refinement>;
  /** How many of the candidates' pages have each value. Keys that cannot be read are left out, and named. */
  facets(
    candidates: readonly Candidate[],
    asked: NonNullable<SearchRequest['facets']>,
  ): Promise<{ facets: FacetCounts; missing: Missing[] }>;
  /**
   * How many pages of the whole index have each value of each key.
   * @throws SearchError `missing-file`, `damaged-file`
   */
  filters(): Promise<FacetCounts>;
}

/** What a query's refinements make of the first look. */
export interface Refinement {
  /** The passages that may be found; all where it is left out. */
  allowed?: Bitmap | undefined;
  /** The whole list, where it is not relevance that makes one: no other stage adds to it. */
  listed?: Candidate[];
  missing?: Missing[];
}

/** What refinements are made with. */
export interface RefinementParts {
  keywords: KeywordStore;
  passages: PassageStore;
  analyser: Analyser;
}

export function openRefinements(
  source: IndexSource,
  manifest: Pick<Manifest, 'filters' | 'sorts' | 'pages'>,
  parts: RefinementParts,
): Refinements {
  const store = new PageDataStore(source, manifest);
  const pagePassages = new PagePassages(parts.passages.pageStarts);
  const pageOf = (passage: number): number => parts.passages.pageOf(passage);

  return {
    async refine(query) {
      let allowed: Bitmap | undefined;
      try {
        allowed = await filtered(query);
      } catch (error) {
        // Better nothing than what the filters were to keep out.
        return { listed: [], missing: [{ part: 'filters', reason: messageOf(error) }] };
      }
      try {
        return await narrowed(query, allowed);
      } catch (error) {
        // The same goes for excluded words. The store's failure is named with those of the other parts.
        parts.keywords.failure = messageOf(error);
        return { listed: [] };
      }
    },

    async facets(candidates, asked) {
      const pages = new Set(candidates.map(({ passage }) => pageOf(passage)));
      const keys = asked === true ? store.filterKeys : asked;
      const facets: [string, Record<string, number>][] = [];
      const missing: Missing[] = [];
      await Promise.all(
        keys.map(async (key) => {
          try {
            facets.push([key, countFacets(await store.filter(key), pages)]);
          } catch (error) {
            missing.push({ part: 'filters', reason: messageOf(error) });
          }
        }),
      );
      return { facets: Object.fromEntries(facets), missing };
    },

    async filters() {
      const keys = store.filterKeys;
      const values = await Promise.all(keys.map((key) => store.filter(key)));
      return Object.fromEntries(
        keys.map((key, at) => [
          key,
          Object.fromEntries([...values[at]!].map(([value, pages]) => [value, pages.length])),
        ]),
      );
    },
  };

  /** The passages of pages that pass the query's filters; undefined where it has none. */
  async function filtered({ filters }: Query): Promise<Bitmap | undefined> {
    const rules = filterRules(filters);
    if (rules.size === 0) return undefined;
    const values = new Map(
      await Promise.all([...rules.keys()].map(async (key) => [key, await store.filter(key)] as const)),
    );
    return pagePassages.of(filterPages(rules, values, manifest.pages.length));
  }

  /** What the words find of the allowed passages, or the list that is asked for. */
  async function narrowed(query: Query, allowed: Bitmap | undefined): Promise<Refinement> {
    const { allowed: asked, missing } = await restrict(parts, query, allowed);
    if (query.text !== '' && !query.sort) return { allowed: asked, missing };
    const found =
      query.text === ''
        ? allPages(pagePassages, allowed)
        : await allMatches(parts.keywords, pagePassages, query, asked);
    if (!query.sort) return { listed: found, missing };
    const list = await sorted(found, query.sort);
    return { ...list, missing: [...missing, ...(list.missing ?? [])] };
  }

  /** Where the key cannot be had the order stays, and the update says so. */
  async function sorted(found: Candidate[], { by, order }: SortBy): Promise<Refinement> {
    const unsorted = (reason: string): Refinement => ({ listed: found, missing: [{ part: 'sort', reason }] });
    try {
      const ranks = await store.sort(by);
      if (ranks) return { listed: inOrderOf(ranks, order, found, pageOf) };
      const known = store.sortKeys.map((key) => `"${key}"`).join(', ') || 'none';
      return unsorted(`The site's pages have no sort key "${by}"; they have ${known}.`);
    } catch (error) {
      return unsorted(messageOf(error));
    }
  }
}
