import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrap } from './bootstrap.js';
import { random } from './random.js';

const differences = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 });

function noise(count: number, seed: number): number[] {
  const next = random(seed);
  return Array.from({ length: count }, () => next() - 0.5);
}
const width = (values: readonly number[]): number => bootstrap(values).high - bootstrap(values).low;

describe('bootstrap', () => {
  it('says the same of the same values', () => {
    fc.assert(
      fc.property(differences, (values) => {
        expect(bootstrap(values)).toEqual(bootstrap([...values]));
      }),
      { numRuns: 10 },
    );
  });

  it('holds the mean between the least and the greatest value', () => {
    fc.assert(
      fc.property(differences, (values) => {
        const { mean, low, high } = bootstrap(values);
        expect(low).toBeLessThanOrEqual(mean + 1e-12);
        expect(high).toBeGreaterThanOrEqual(mean - 1e-12);
        expect(low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12);
        expect(high).toBeLessThanOrEqual(Math.max(...values) + 1e-12);
      }),
      { numRuns: 50 },
    );
  });

  it('is a point where every query says the same', () => {
    const { mean, low, high } = bootstrap(Array.from({ length: 30 }, () => 0.25));
    expect([mean, low, high]).toEqual([0.25, 0.25, 0.25]);
  });

  it('includes 0 for noise around it, and not for a clear difference', () => {
    for (const seed of [1, 2, 3]) {
      const values = noise(50, seed).flatMap((value) => [value, -value]);
      expect(bootstrap(values).low).toBeLessThan(0);
      expect(bootstrap(values).high).toBeGreaterThan(0);
      expect(bootstrap(values.map((value) => value + 0.2)).low).toBeGreaterThan(0);
    }
  });

  it('is as wide as the normal approximation says where that holds, so half with four times the queries', () => {
    // Uniform noise from −.5 to .5: 2 × 1.96 × √(1/12) / √n.
    for (const count of [100, 400]) {
      const expected = (2 * 1.96 * Math.sqrt(1 / 12)) / Math.sqrt(count);
      expect(width(noise(count, 7)) / expected).toBeGreaterThan(0.85);
      expect(width(noise(count, 7)) / expected).toBeLessThan(1.15);
    }
  });

  it('is nothing at all without values', () => {
    expect(bootstrap([])).toEqual({ mean: 0, low: 0, high: 0 });
  });
});
