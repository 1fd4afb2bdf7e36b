import { describe, expect, it } from 'vitest';
import { unitVectors } from '../testing/random.js';
import { unrelatedCosine } from './unrelated-cosine.js';

/** Vectors that all lean one way, as E5's do: any two have at least about this cosine. */
function leaning(cosine: number): Float32Array[] {
  return unitVectors(300, 256, 1).map((vector) =>
    Float32Array.from([Math.sqrt(cosine), ...vector.map((value) => value * Math.sqrt(1 - cosine))]),
  );
}

describe('unrelatedCosine', () => {
  it('is what the least alike have in common', () => {
    for (const cosine of [0.3, 0.7, 0.9]) {
      const found = unrelatedCosine(leaning(cosine));
      expect(found).toBeLessThan(cosine);
      expect(found).toBeGreaterThan(cosine - 0.2);
    }
  });

  it('is never below 0, nor so high that nothing is left above it', () => {
    expect(unrelatedCosine(unitVectors(300, 64, 1))).toBe(0);
    const [same] = unitVectors(1, 8, 2);
    expect(unrelatedCosine([same!, same!, same!])).toBe(0.99);
  });

  it('is 0 where there is nothing to compare', () => {
    expect(unrelatedCosine([])).toBe(0);
    expect(unrelatedCosine(unitVectors(1, 8, 3))).toBe(0);
  });

  it('is the same for the same vectors', () => {
    expect(unrelatedCosine(leaning(0.5))).toBe(unrelatedCosine(leaning(0.5)));
  });
});
