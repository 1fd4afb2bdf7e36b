import type { Candidate } from '../candidate.js';

/** Standard deviations; more read more. Chosen, as are the next ones, on the development data in training/README.md. */
const WIDTH = 1.4;
/** Before enough has been read, a line has the slope 1; this says what that counts for, in squares of the first look's score. */
const SLOPE_WORTH = 0.01;
/** Before anything has been read, passages stray so far from the line. It counts as one of them. */
const DEVIATION = 0.1;

/** What the cross-encoder may say of a passage that it has not read: a probability from `low` to `high`. */
export interface Expected {
  low: number;
  high: number;
}

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
  expected: (candidate: Candidate) => Expected,
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
  { low, high }: Expected,
): { candidate: Candidate; low: number; high: number } {
  // An exact title stays above all others.
  const first = (candidate.exact ? 1 : 0) * 2 + (1 - weight) * candidate.firstStage;
  return {
    candidate,
    low: first + weight * (candidate.counted ?? low),
    high: first + weight * (candidate.counted ?? high),
  };
}

/**
 * What the passages read so far let expect of the others: the line of least squares through what the first look and the
 * cross-encoder say of those, and WIDTH standard deviations to either side of it. Bounds that hold with high probability
 * in place of certainty end a search far sooner (Theobald, Weikum & Schenkel 2004, "Top-k query evaluation with
 * probabilistic guarantees"). How much that saves and costs: `npm run bench -- reading`.
 */
export function expectedOf(candidates: readonly Candidate[]): (candidate: Candidate) => Expected {
  const read = candidates.flatMap(({ firstStage, counted }) =>
    counted === undefined ? [] : [{ firstStage, counted }],
  );
  if (read.length === 0) return () => ({ low: 0, high: 1 });
  const firstMean = mean(read.map(({ firstStage }) => firstStage));
  const countedMean = mean(read.map(({ counted }) => counted));
  const spread = sum(read.map(({ firstStage }) => (firstStage - firstMean) ** 2));
  const together = sum(read.map((one) => (one.firstStage - firstMean) * (one.counted - countedMean)));
  const slope = Math.max(0, (together + SLOPE_WORTH) / (spread + SLOPE_WORTH));
  const on = (firstStage: number): number => countedMean + slope * (firstStage - firstMean);
  const strayed = sum(read.map(({ firstStage, counted }) => (counted - on(firstStage)) ** 2));
  const deviation = Math.sqrt((strayed + DEVIATION ** 2) / read.length);
  return ({ firstStage }) => ({
    low: probability(on(firstStage) - WIDTH * deviation),
    high: probability(on(firstStage) + WIDTH * deviation),
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function probability(value: number): number {
  return Math.min(1, Math.max(0, value));
}
