import type { Candidate } from '../candidate.js';
import type { Part } from '../part.js';
import { passageText } from '../passage-text.js';
import type { Ranking } from '../rank.js';
import type { PassageLookup } from '../retriever.js';
import { blend } from './blend.js';
import type { CrossEncoder } from './cross-encoder.js';

/** How many candidates the cross-encoder reads between two rankings. */
const BATCH = 4;

/** The cross-encoder, and how its scores are used. */
export interface Reader {
  reranker: Part<CrossEncoder>;
  passages: PassageLookup;
  /** Its share of the score, 0 to 1. */
  weight: number;
  /** What it is used to seeing between headings. */
  headingJoint: string;
}

/**
 * Reads the best candidates in small batches, best first, and blends in the scores as they come.
 * @param most how many it reads
 */
export async function* readCandidates(
  { reranker, passages: lookup, weight, headingJoint }: Reader,
  query: string,
  candidates: readonly Candidate[],
  most: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Ranking, void> {
  const read = candidates.slice(0, most);
  const rest = candidates.slice(most);
  const { passages } = await lookup.get(read.map(({ passage }) => passage));
  for (let at = 0; at < read.length; at += BATCH) {
    signal?.throwIfAborted();
    const batch = read.slice(at, at + BATCH).filter(({ passage }) => passages.has(passage));
    const texts = batch.map(({ passage }) => passageText(passages.get(passage)!, headingJoint));
    const probabilities = await reranker.use(
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
