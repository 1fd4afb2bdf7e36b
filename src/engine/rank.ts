import type { Bitmap } from './bitmap.js';
import type { Candidate } from './candidate.js';
import { inContext } from './context.js';
import { fuse } from './fuse.js';
import { analyseQuery } from './keyword/analyse.js';
import { parseQuery } from './keyword/query-syntax.js';
import { searchKeywords } from './keyword/search-keywords.js';
import type { SearchIndex } from './open-index.js';
import { passageText } from './passage-text.js';
import type { Ranked } from './ranked.js';
import { restrict } from './restrict.js';
import { blend } from './rerank/blend.js';
import type { Stage } from './update.js';

/**
 * How many passages each retriever hands over. Of 100, fewer pages come than a search may ask for, and a passage that
 * one retriever has in its list and the other just misses loses too much (hybrid nDCG@10 with 100: −.004 on tldr-npm,
 * −.002 on scifact-dev).
 */
const RETRIEVED = 300;
/** How many candidates the cross-encoder reads between two rankings. */
const BATCH = 4;

/** Longest query in characters; what is beyond is passed over. */
export const LONGEST_QUERY = 500;

/** The candidates in the order that a stage gives them, best first. */
export interface Ranking {
  stage: Exclude<Stage, 'done'>;
  candidates: Candidate[];
  /** Candidates that the cross-encoder has read, and will have. */
  progress?: { read: number; of: number };
}

/**
 * Ranks passages in two looks: by words, then with vectors fused in, then in the order that the cross-encoder gives
 * them, a ranking per batch that it reads. A stage whose model is still loading is waited for; one that cannot answer
 * is left out.
 * @param candidates how many passages the cross-encoder reads
 * @throws the signal's reason, between any two steps, once it is aborted
 */
export async function* rank(
  index: SearchIndex,
  typed: string,
  candidates: number,
  signal?: AbortSignal,
): AsyncGenerator<Ranking, void> {
  const parsed = parseQuery(typed.slice(0, LONGEST_QUERY));
  const query = analyseQuery(parsed.plain);
  const text = parsed.plain.trim();
  const allowed = text ? await restrict(index, parsed, query) : undefined;
  const keyword = text ? await searchKeywords(index.keywords, query, RETRIEVED, allowed) : [];
  let ranked = inContext(fuse(keyword, undefined));
  yield { stage: 'keyword', candidates: ranked };
  if (!text) return;

  const vector = await retrieveByVector(index, text, allowed, signal);
  if (vector) {
    ranked = inContext(fuse(keyword, vector));
    yield { stage: 'hybrid', candidates: ranked };
  }
  yield* secondLook(index, text, ranked, candidates, signal);
}

async function retrieveByVector(
  index: SearchIndex,
  text: string,
  allowed: Bitmap | undefined,
  signal: AbortSignal | undefined,
): Promise<Ranked[] | undefined> {
  void index.vectors.open();
  const vector = await index.embedder.use((embedder) => {
    // Queries that were typed and superseded while the model loaded are not embedded one after another.
    signal?.throwIfAborted();
    return embedder.embedQuery(text);
  }, signal);
  return vector && index.vectors.use((vectors) => vectors.search(vector, RETRIEVED, allowed));
}

/** Reads the best candidates in small batches, best first, and blends in the scores as they come. */
async function* secondLook(
  index: SearchIndex,
  query: string,
  candidates: Candidate[],
  most: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Ranking, void> {
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
      stage: 'reranking',
      candidates: [...blend(read, weight), ...rest],
      progress: { read: Math.min(at + BATCH, read.length), of: read.length },
    };
  }
}
