import type { Candidate } from '../candidate.js';

/** Standard deviations to either side; more let more be read. Chosen, as are the next ones, on the development data in training/README.md. */
const WIDTH = 1.5;
/** Before enough has been read, the line has the slope 1; this says what that counts for, in squares of the first look's score. */
const SLOPE_WORTH = 0.01;
/** As if one more passage had been read that lies so far from the line: the first few never promise that all lie on it. */
const DEVIATION = 0.1;

/** What the cross-encoder may count for in the score of a passage that it has not read, 0 to 1. */
export interface Expected {
  likely: number;
  /** Bounds that hold with high probability. */
  low: number;
  high: number;
}

/**
 * What the passages read so far let expect of the others: the line of least squares through what the first look and the
 * cross-encoder say of those, and bounds to either side of it. Bounds that hold with high probability in place of
 * certainty end a search far sooner (Theobald, Weikum & Schenkel 2004, "Top-k query evaluation with probabilistic
 * guarantees"). How much that saves and costs: `npm run bench -- reading`.
 */
export function expectedOf(candidates: readonly Candidate[]): (candidate: Candidate) => Expected {
  const read = candidates.flatMap(({ firstStage, counted }) =>
    counted === undefined ? [] : [{ firstStage, counted }],
  );
  if (read.length === 0) return ({ firstStage }) => ({ likely: firstStage, low: 0, high: 1 });
  const firstMean = mean(read.map(({ firstStage }) => firstStage));
  const countedMean = mean(read.map(({ counted }) => counted));
  const spread = sum(read.map(({ firstStage }) => (firstStage - firstMean) ** 2));
  const together = sum(read.map((one) => (one.firstStage - firstMean) * (one.counted - countedMean)));
  const slope = Math.max(0, (together + SLOPE_WORTH) / (spread + SLOPE_WORTH));
  const on = (firstStage: number): number => countedMean + slope * (firstStage - firstMean);
  const strayed = sum(read.map(({ firstStage, counted }) => (counted - on(firstStage)) ** 2));
  const deviation = Math.sqrt((strayed + DEVIATION ** 2) / read.length);
  return ({ firstStage }) => ({
    likely: within(on(firstStage)),
    low: within(on(firstStage) - WIDTH * deviation),
    high: within(on(firstStage) + WIDTH * deviation),
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function within(value: number): number {
  return Math.min(1, Math.max(0, value));
}
