import type { Candidate } from './candidate.js';
import { matcher } from './excerpt.js';
import { type AnalysedQuery, analyseQuery } from './keyword/analyse.js';
import type { SearchIndex } from './open-index.js';
import { LONGEST_QUERY, rank, type Ranking } from './rank.js';
import { groupByPage, type PageResult } from './results.js';
import type { Missing, SearchRequest, SearchUpdate, Stage } from './update.js';

/** How many more candidates are looked up at a time, until the list is full. */
const STEP = 20;
/** Where few pages answer, the list is never full: no more candidates are looked up then, or two for each page asked for. */
const MOST_LOOKED_UP = 100;

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
  const present = presenter(index, { ...request, text: query.trim() }, analyseQuery(query), resolve, signal);
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
    const limit = request.limit ?? 10;
    const deepest = Math.min(candidates.length, Math.max(MOST_LOOKED_UP, 2 * limit));
    let results: PageResult[] = [];
    let failures: Error[] = [];
    // No more passages are fetched than fill the list: each may lie in a file of its own.
    for (let most = STEP; ; most += STEP) {
      const shown = candidates.slice(0, most);
      const read = await index.passages.get(shown.map(({ passage }) => passage));
      signal?.throwIfAborted();
      failures = read.failures;
      results = groupByPage(shown, read.passages, matches, {
        limit,
        sectionsPerPage: request.sectionsPerPage ?? 3,
        excerptLength: request.excerptLength ?? 160,
        resolve,
      });
      if (results.length >= limit || most >= deepest) break;
    }
    const missing = [
      ...missingParts(index),
      ...failures.map(({ message }): Missing => ({ part: 'passages', reason: message })),
    ];
    return { query: request.text, stage, results, missing, ...(progress && { progress }) };
  };
}

function missingParts({ keywords, embedder, vectors, reranker }: SearchIndex): Missing[] {
  const reasons: [Missing['part'], string | undefined][] = [
    ['keyword', keywords.failure],
    ['vector', embedder.failure ?? vectors.failure],
    ['rerank', reranker.failure],
  ];
  return reasons.flatMap(([part, reason]) => (reason === undefined ? [] : [{ part, reason }]));
}
