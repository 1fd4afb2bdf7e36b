import type { Candidate } from './candidate.js';
import type { SearchIndex } from './open-index.js';
import type { Query } from './query.js';
import type { Stage } from './update.js';

/** The candidates in the order that a stage gives them, best first. */
export interface Ranking {
  stage: Exclude<Stage, 'done'>;
  candidates: Candidate[];
  /** Candidates that the cross-encoder has read, and will have. */
  progress?: { read: number; of: number };
}

/**
 * Ranks passages in two looks: as the retriever finds them, by words and then with vectors fused in; then in the order
 * that the cross-encoder gives them, a ranking per batch that it reads. A stage whose model is still loading is waited
 * for; one that cannot answer is left out.
 * @param most how many passages the cross-encoder reads
 * @throws the signal's reason, between any two steps, once it is aborted
 */
export async function* rank(
  index: SearchIndex,
  query: Query,
  most: number,
  signal?: AbortSignal,
): AsyncGenerator<Ranking, void> {
  let candidates: Candidate[] = [];
  for await (const look of index.retriever.retrieve(query, signal)) {
    candidates = look.candidates;
    yield look;
  }
  if (most === 0 || query.text === '' || candidates.length === 0) return;
  // What reads comes with the first model that can.
  const look = await index.reranker.use(() => import('./rerank/rerank-candidates.js'), signal);
  if (look) yield* look.rerankCandidates(index, query.text, candidates, most, signal);
}
