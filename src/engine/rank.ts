import type { Candidate } from './candidate.js';
import type { SearchIndex } from './open-index.js';
import { passageText } from './passage-text.js';
import type { Query } from './query.js';
import { blend } from './rerank/blend.js';
import type { Stage } from './update.js';

/** How many candidates the cross-encoder reads between two rankings. */
const BATCH = 4;

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
  yield* secondLook(index, query.text, candidates, most, signal);
}

/** Reads the best candidates in small batches, best first, and blends in the scores as they come. */
async function* secondLook(
  index: SearchIndex,
  query: string,
  candidates: Candidate[],
  most: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Ranking, void> {
  if (most === 0 || query === '' || candidates.length === 0) return;
  if (!(await index.reranker.open()) || !index.manifest.reranker) return;
  const { weight, headingJoint } = index.manifest.reranker;
  const read = candidates.slice(0, most);
  const rest = candidates.slice(most);
  const { passages } = await index.retriever.passages.get(read.map(({ passage }) => passage));
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
