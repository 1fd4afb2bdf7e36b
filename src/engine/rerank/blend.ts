import { type Candidate, inOrder } from '../candidate.js';
import { expectedOf } from './expected.js';

/**
 * The second look's order: each score is the first stage's and what the cross-encoder says, weighted. Of a candidate that
 * has not been read yet it says what those read let expect, so that being read is neither a gain nor a loss in itself.
 * @param weight share of the cross-encoder, 0 to 1
 * @param most so many of them may be read; the others keep their order behind them, and score no more
 */
export function blend(candidates: readonly Candidate[], weight: number, most = Infinity): Candidate[] {
  const expected = expectedOf(candidates);
  const scored = candidates.map((candidate) => ({
    ...candidate,
    score: (1 - weight) * candidate.firstStage + weight * (candidate.counted ?? expected(candidate).likely),
  }));
  const readable = inOrder(scored.slice(0, most));
  const least = readable.at(-1)?.score ?? 1;
  const others = scored.slice(most).map((one) => ({ ...one, score: Math.min(one.score, least) }));
  return [...readable, ...others];
}
