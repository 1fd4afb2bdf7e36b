import type { Candidate } from './candidate.js';
import { matcher } from './excerpt.js';
import { fuse } from './fuse.js';
import { type AnalysedQuery, analyseQuery } from './keyword/analyse.js';
import { type KeywordHit, searchKeywords } from './keyword/bm25f.js';
import type { SearchIndex } from './open-index.js';
import { passageText } from './passage-text.js';
import type { Ranked } from './ranked.js';
import { blend } from './rerank/blend.js';
import { groupByPage, type PageResult } from './results.js';
import type { Missing, SearchRequest, SearchUpdate, Stage } from './update.js';
import { searchFlat } from './vector/flat.js';

/** How many passages each retriever hands over. */
const RETRIEVED = 100;
/** How many more candidates are looked up at a time, until the list is full. */
const STEP = 20;
/** How many candidates the cross-encoder reads between two updates. */
const BATCH = 4;
const LONGEST_QUERY = 500;

/** Turns a page URL of the index into one to link to. */
export type ResolveUrl = (url: string) => string | undefined;

/**
 * Answers a query in two looks: candidates by words, then with vectors fused in, then in the order that the
 * cross-encoder gives them, an update at every step. A stage whose model is still loading is waited for; one that
 * cannot answer is skipped and named in `missing`.
 * @throws the signal's reason, between any two steps, once it is aborted
 */
export async function* search(
  index: SearchIndex,
  request: SearchRequest,
  resolve: ResolveUrl,
  signal?: AbortSignal,
): AsyncGenerator<SearchUpdate, void> {
  const text = request.text.slice(0, LONGEST_QUERY).trim();
  const query = analyseQuery(request.text.slice(0, LONGEST_QUERY));
  const present = presenter(index, { ...request, text }, query, resolve, signal);

  const keyword = text ? await retrieveByWords(index, query) : [];
  let candidates = fuse(keyword, undefined);
  yield await present('keyword', candidates);

  const vector = text ? await retrieveByVector(index, text, signal) : undefined;
  if (vector) {
    candidates = fuse(keyword, vector);
    yield await present('hybrid', candidates);
  }

  let progress: SearchUpdate['progress'];
  for await (const look of text
    ? secondLook(index, text, candidates, request.candidates ?? 20, signal)
    : []) {
    ({ candidates, progress } = look);
    yield await present('reranking', candidates, progress);
  }
  yield await present('done', candidates, progress);
}

async function retrieveByWords(index: SearchIndex, query: AnalysedQuery): Promise<KeywordHit[]> {
  return (await index.keywords.use((keywords) => searchKeywords(keywords, query, RETRIEVED))) ?? [];
}

async function retrieveByVector(
  index: SearchIndex,
  text: string,
  signal: AbortSignal | undefined,
): Promise<Ranked[] | undefined> {
  void index.vectors.open();
  const vector = await index.embedder.use((embedder) => {
    // Queries that were typed and superseded while the model loaded are not embedded one after another.
    signal?.throwIfAborted();
    return embedder.embedQuery(text);
  }, signal);
  return vector && index.vectors.use((vectors) => searchFlat(vectors, vector, RETRIEVED));
}

/** Reads the best candidates in small batches, best first, and blends in the scores as they come. */
async function* secondLook(
  index: SearchIndex,
  query: string,
  candidates: Candidate[],
  most: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ candidates: Candidate[]; progress: { read: number; of: number } }> {
  if (most === 0 || candidates.length === 0) return;
  if (!(await index.reranker.open()) || !index.manifest.reranker) return;
  const { weight, headingJoint } = index.manifest.reranker;
  const read = candidates.slice(0, most);
  const rest = candidates.slice(most);
  const { passages } = await index.passages.get(read.map(({ passage }) => passage));
  for (let at = 0; at < read.length; at += BATCH) {
    signal?.throwIfAborted();
    const batch = read.slice(at, at + BATCH).filter(({ passage }) => passages.has(passage));
    const texts = batch.map(({ passage }) => passageText(passages.get(passage)!, headingJoint));
    const probabilities = await index.reranker.use(
      (reranker) => reranker.probabilities(query, texts, signal),
      signal,
    );
    if (!probabilities) return;
    batch.forEach((candidate, i) => {
      candidate.rerank = probabilities[i] ?? 0;
    });
    yield {
      candidates: [...blend(read, weight), ...rest],
      progress: { read: Math.min(at + BATCH, read.length), of: read.length },
    };
  }
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
      if (results.length >= limit || most >= candidates.length) break;
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
