import type { Filters } from './filters.js';
import type { AnalysedQuery } from './keyword/analyse.js';
import { type ParsedQuery, parseQuery } from './keyword/query-syntax.js';
import type { SearchIndex } from './open-index.js';
import type { SortBy } from './update.js';
import { withinTime } from './within-time.js';

/** Longest query in characters; what is beyond is passed over. */
const LONGEST_QUERY = 500;

/** A query, read once for all that answers it. */
export interface Query extends Omit<ParsedQuery, 'plain'> {
  /** As typed, cut to what is read. */
  typed: string;
  /** What is looked for: without its quotes, and without what it excludes. May be empty. */
  text: string;
  /** The same as the keyword index reads it. */
  analysed: AnalysedQuery;
  filters: Filters;
  sort: SortBy | undefined;
}

/** The first rows wait no longer than this for the site's synonyms, in ms. */
const MOST_WAIT = 300;

/** Reads what a visitor typed. */
export async function readQuery(
  typed: string,
  { analyser, synonyms }: Pick<SearchIndex, 'analyser' | 'synonyms'>,
  filters: Filters = {},
  sort?: SortBy,
): Promise<Query> {
  const cut = typed.slice(0, LONGEST_QUERY);
  const { plain, phrases, excluded } = parseQuery(cut);
  const analysed = analyser.analyseQuery(plain);
  const addSynonyms = synonyms && (await withinTime(MOST_WAIT, synonyms.open()));
  return {
    typed: cut,
    text: plain.trim(),
    analysed: addSynonyms?.(analysed, phrases) ?? analysed,
    phrases,
    excluded,
    filters,
    sort,
  };
}
