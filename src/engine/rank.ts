import type { Bitmap } from './bitmap.js';
import type { Candidate } from './candidate.js';
import { inContext } from './context.js';
import { fuse } from './fuse.js';
import { type AnalysedQuery, analyseQuery } from './keyword/analyse.js';
import { type ParsedQuery, parseQuery } from './keyword/query-syntax.js';
import { searchKeywords } from './keyword/search-keywords.js';
import type { SearchIndex } from './open-index.js';
import type { Ranked } from './ranked.js';
import type { Stage } from './update.js';

/**
 * How many passages each retriever hands over. Of 100, fewer pages come than a search may ask for, and a passage that
 * one retriever has in its list and the other just misses loses too much (hybrid nDCG@10 with 100: −.004 on tldr-npm,
 * −.002 on scifact-dev).
 */
const RETRIEVED = 300;

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
  const allowed = text ? await allowedBy(index, parsed, query) : undefined;
  const keyword = text ? await searchKeywords(index.keywords, query, RETRIEVED, allowed) : [];
  let ranked = inContext(fuse(keyword, undefined));
  yield { stage: 'keyword', candidates: ranked };
  if (!text) return;

  const vector = await retrieveByVector(index, text, allowed, signal);
  if (vector) {
    ranked = inContext(fuse(keyword, vector));
    yield { stage: 'hybrid', candidates: ranked };
  }
  if (candidates === 0 || ranked.length === 0) return;
  // The code comes once there is a model: the first rows do without.
  const look = await index.reranker.use(() => import('./rerank/rerank-candidates.js'), signal);
  if (look) yield* look.rerankCandidates(index, text, ranked, candidates, signal);
}

/** The passages that quotes and `-word` allow. The code for it comes with the first query that has some. */
async function allowedBy(
  index: SearchIndex,
  parsed: ParsedQuery,
  query: AnalysedQuery,
): Promise<Bitmap | undefined> {
  if (parsed.phrases.length + parsed.excluded.length === 0) return undefined;
  return (await import('./restrict.js')).restrict(index, parsed, query);
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
