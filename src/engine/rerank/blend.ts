import { type Candidate, inOrder } from '../candidate.js';

/**
 * The second look's order: each score is the first stage's and the cross-encoder's, weighted. A candidate that has not
 * been read yet counts as if its probability were the mean of those read, so that being read is neither a gain nor a
 * loss in itself. Candidates beyond those to be read keep their order behind them.
 * @param weight share of the cross-encoder, 0 to 1
 */
export function blend(candidates: readonly Candidate[], weight: number): Candidate[] {
  const read = candidates.flatMap(({ counted }) => (counted === undefined ? [] : [counted]));
  if (read.length === 0) return inOrder(candidates);
  const mean = read.reduce((sum, probability) => sum + probability, 0) / read.length;
  return inOrder(
    candidates.map((candidate) => ({
      ...candidate,
      score: (1 - weight) * candidate.firstStage + weight * (candidate.counted ?? mean),
    })),
  );
}
