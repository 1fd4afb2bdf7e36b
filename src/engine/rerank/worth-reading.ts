import type { Candidate } from '../candidate.js';

/** What the cross-encoder may say of a passage that it has not read: a probability from `low` to `high`. */
export interface Expected {
  low: number;
  high: number;
}

/**
 * The unread candidates that can still change which candidates are the first `top`, or their order; in the order given.
 * Each candidate's score lies between two bounds, which meet once it is read; where they do not overlap with any other
 * candidate's, or lie below those of `top` others, reading it changes nothing. So end Fagin, Lotem & Naor (2003,
 * "Optimal aggregation algorithms for middleware") their search for the best.
 * @param weight share of the cross-encoder, 0 to 1
 */
export function worthReading(
  candidates: readonly Candidate[],
  weight: number,
  top: number,
  expected: Expected,
): Candidate[] {
  const bounded = candidates.map((candidate) => boundsOf(candidate, weight, expected));
  const lows = bounded.map(({ low }) => low).sort((left, right) => right - left);
  const least = lows[top - 1] ?? -Infinity;
  const near = bounded.filter(({ high }) => high >= least);
  return near
    .filter(
      (one) =>
        one.candidate.rerank === undefined &&
        near.some((other) => other !== one && other.low <= one.high && one.low <= other.high),
    )
    .map(({ candidate }) => candidate);
}

function boundsOf(
  candidate: Candidate,
  weight: number,
  { low, high }: Expected,
): { candidate: Candidate; low: number; high: number } {
  // An exact title stays above all others.
  const first = (candidate.exact ? 1 : 0) * 2 + (1 - weight) * candidate.firstStage;
  return {
    candidate,
    low: first + weight * (candidate.rerank ?? low),
    high: first + weight * (candidate.rerank ?? high),
  };
}

/**
 * What the passages read so far let expect of the others: a standard deviation to either side of their mean, as if a sure
 * no and a sure yes had been seen too, so that a few reads alike do not promise more of the same. Bounds that hold with
 * high probability in place of certainty end a search far sooner (Theobald, Weikum & Schenkel 2004, "Top-k query
 * evaluation with probabilistic guarantees"). Measured on tldr-npm: with half of the reads, the first ten among them, nDCG@10 is
 * .001 above that of reading all thirty; with certain bounds it takes three quarters.
 */
export function expectedOf(candidates: readonly Candidate[]): Expected {
  const seen = [0, 1, ...candidates.flatMap(({ rerank }) => (rerank === undefined ? [] : [rerank]))];
  const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
  const deviation = Math.sqrt(seen.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (seen.length - 1));
  return { low: Math.max(0, mean - deviation), high: Math.min(1, mean + deviation) };
}
