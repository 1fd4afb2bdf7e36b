import { type Candidate, inOrder } from '../candidate.js';
import { expectedOf } from './expected.js';

/**
 * The second look's order: each score is the first stage's and what the cross-encoder says, weighted. Of a candidate that
 * has not been read yet it says what those read let expect, so that being read is neither a gain nor a loss in itself.
 * @param weight share of the cross-encoder, 0 to 1
 */
export function blend(candidates: readonly Candidate[], weight: number): Candidate[] {
  const expected = expectedOf(candidates);
  return inOrder(
    candidates.map((candidate) => ({
      ...candidate,
      score: (1 - weight) * candidate.firstStage + weight * (candidate.counted ?? expected(candidate).likely),
    })),
  );
}
