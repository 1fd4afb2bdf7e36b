import type { Candidate } from '../candidate.js';
import type { Expected } from './expected.js';

/**
 * The unread candidates that can still change which candidates are the first `top`, or their order; those that may come
 * highest first.
 * Each candidate's score lies between two bounds, which meet once it is read; where they do not overlap with any other
 * candidate's, or lie below those of `top` others, reading it changes nothing. So end Fagin, Lotem & Naor (2003,
 * "Optimal aggregation algorithms for middleware") their search for the best.
 * @param weight share of the cross-encoder, 0 to 1
 */
export function worthReading(
  candidates: readonly Candidate[],
  weight: number,
  top: number,
  expected: (candidate: Candidate) => Pick<Expected, 'low' | 'high'>,
): Candidate[] {
  const bounded = candidates.map((candidate) => boundsOf(candidate, weight, expected(candidate)));
  const lows = bounded.map(({ low }) => low).sort((left, right) => right - left);
  const least = lows[top - 1] ?? -Infinity;
  const near = bounded.filter(({ high }) => high >= least);
  return near
    .filter(
      (one) =>
        one.candidate.counted === undefined &&
        near.some((other) => other !== one && other.low <= one.high && one.low <= other.high),
    )
    .sort((left, right) => right.high - left.high)
    .map(({ candidate }) => candidate);
}

function boundsOf(
  candidate: Candidate,
  weight: number,
  { low, high }: Pick<Expected, 'low' | 'high'>,
): { candidate: Candidate; low: number; high: number } {
  // An exact title stays above all others.
  const first = (candidate.exact ? 1 : 0) * 2 + (1 - weight) * candidate.firstStage;
  return {
    candidate,
    low: first + weight * (candidate.counted ?? low),
    high: first + weight * (candidate.counted ?? high),
  };
}
