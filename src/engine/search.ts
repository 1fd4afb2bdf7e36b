import type { Candidate } from './candidate.js';
import { matcher } from './excerpt.js';
import { type AnalysedQuery, analyseQuery } from './keyword/analyse.js';
import { parseQuery } from './keyword/query-syntax.js';
import type { SearchIndex } from './open-index.js';
import { LONGEST_QUERY, rank, type Ranking } from './rank.js';
import type { PassageStore } from './index-file/passage-store.js';
import { groupByPage } from './results.js';
import type { Missing, SearchRequest, SearchUpdate, Stage } from './update.js';

/** Of a page, so many candidates are looked up for each section to show: neighbours are often of the same section. */
const LOOKED_UP_PER_SECTION = 3;

/** How many passages the cross-encoder reads where a search does not say. */
export const CANDIDATES = 20;

/** Turns a page URL of the index into one to link to. */
export type ResolveUrl = (url: string) => string | undefined;

/**
 * Answers a query: an update for every ranking that the two looks give (see `rank`), and one when nothing more will
 * come. Parts that cannot answer are named in `missing`.
 * @throws the signal's reason, between any two steps, once it is aborted
 */
export async function* search(
  index: SearchIndex,
  request: SearchRequest,
  resolve: ResolveUrl,
  signal?: AbortSignal,
): AsyncGenerator<SearchUpdate, void> {
  const query = request.text.slice(0, LONGEST_QUERY);
  const present = presenter(
    index,
    { ...request, text: query.trim() },
    analyseQuery(parseQuery(query).plain),
    resolve,
    signal,
  );
  let last: Ranking | undefined;
  for await (last of rank(index, request.text, request.candidates ?? CANDIDATES, signal))
    yield await present(last.stage, last.candidates, last.progress);
  yield await present('done', last?.candidates ?? [], last?.progress);
}

type Present = (
  stage: Stage,
  candidates: readonly Candidate[],
  progress?: SearchUpdate['progress'],
) => Promise<SearchUpdate>;

/** Makes updates of candidates: looks up their passages, groups them by page, and says what is missing. */
function presenter(
  index: SearchIndex,
  request: SearchRequest,
  query: AnalysedQuery,
  resolve: ResolveUrl,
  signal: AbortSignal | undefined,
): Present {
  const matches = matcher(query);
  return async (stage, candidates, progress) => {
    signal?.throwIfAborted();
    const { limit = 10, sectionsPerPage = 3, excerptLength = 160 } = request;
    const shown = toLookUp(candidates, index.passages, limit, LOOKED_UP_PER_SECTION * sectionsPerPage);
    const { passages, failures } = await index.passages.get(shown.map(({ passage }) => passage));
    signal?.throwIfAborted();
    const results = groupByPage(shown, passages, matches, { limit, sectionsPerPage, excerptLength, resolve });
    const missing = [
      ...missingParts(index),
      ...failures.map(({ message }): Missing => ({ part: 'passages', reason: message })),
    ];
    return { query: request.text, stage, results, missing, ...(progress && { progress }) };
  };
}

/** The candidates of the first pages, no more of each than it may show: every other may lie in a file of its own. */
function toLookUp(
  candidates: readonly Candidate[],
  store: PassageStore,
  pages: number,
  most: number,
): Candidate[] {
  const counts = new Map<number, number>();
  return candidates.filter(({ passage }) => {
    const page = store.pageOf(passage);
    const count = counts.get(page) ?? 0;
    if (count === most || (count === 0 && counts.size === pages)) return false;
    counts.set(page, count + 1);
    return true;
  });
}

function missingParts({ keywords, embedder, vectors, reranker }: SearchIndex): Missing[] {
  const reasons: [Missing['part'], string | undefined][] = [
    ['keyword', keywords.failure],
    ['vector', embedder.failure ?? vectors.failure],
    ['rows', vectors.shortfall],
    ['rerank', reranker.failure],
  ];
  return reasons.flatMap(([part, reason]) => (reason === undefined ? [] : [{ part, reason }]));
}
