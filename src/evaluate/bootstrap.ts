import { mean } from './measures.js';
import { random } from './random.js';

/** An interval that holds the true mean with 95 % confidence. */
export interface Interval {
  mean: number;
  low: number;
  high: number;
}

const RESAMPLES = 2000;

/**
 * The mean of values and its 95 % bootstrap interval (Efron 1979; percentile method): how much the mean would move with
 * other queries of the same kind. Give differences of two systems on the same queries for the paired test that
 * evaluations of retrieval use (Sakai 2006): where the interval leaves out 0, one of them is better.
 * The same values always give the same interval.
 */
export function bootstrap(values: readonly number[]): Interval {
  const next = random(values.length);
  const means: number[] = [];
  for (let resample = 0; resample < RESAMPLES; resample++) {
    // As many as there are, drawn with replacement.
    const drawn = values.map(() => values[Math.floor(next() * values.length)]!);
    means.push(mean(drawn));
  }
  means.sort((left, right) => left - right);
  return {
    mean: mean(values),
    low: means[Math.floor(0.025 * RESAMPLES)]!,
    high: means[Math.ceil(0.975 * RESAMPLES) - 1]!,
  };
}
