import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitVectors } from '../../testing/random.js';
import { bitmapOf } from '../bitmap.js';
import { searchFlat } from './flat.js';
import { quantise } from './vector-file.js';

const dot = (left: Float32Array, right: Float32Array): number =>
  left.reduce((sum, value, at) => sum + value * right[at]!, 0);

/** Rows by their exact cosine with the query, best first. */
const exactOrder = (vectors: Float32Array[], query: Float32Array): number[] =>
  vectors
    .map((vector, row) => ({ row, score: dot(vector, query) }))
    .sort((left, right) => right.score - left.score)
    .map(({ row }) => row);

describe('searchFlat', () => {
  it('finds at least 9 of the 10 nearest vectors, though the rows are rounded to a byte', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(32, 64, 128), (seed, dimensions) => {
        const vectors = unitVectors(400, dimensions, seed);
        const queries = unitVectors(10, dimensions, seed + 1);
        const rows = quantise(vectors);
        const recalled = queries.flatMap((query) => {
          const nearest = exactOrder(vectors, query).slice(0, 10);
          return searchFlat(rows, query, 10).filter(({ passage }) => nearest.includes(passage));
        });
        expect(recalled.length / (10 * queries.length)).toBeGreaterThanOrEqual(0.9);
      }),
      { numRuns: 8 },
    );
  });

  it('scores by cosine', () => {
    const vectors = unitVectors(100, 384, 1);
    const [query] = unitVectors(1, 384, 2);
    for (const { passage, score } of searchFlat(quantise(vectors), query!, 100))
      expect(Math.abs(score - dot(vectors[passage]!, query!))).toBeLessThan(0.01);
  });

  it('finds a vector first by itself, and its opposite last', () => {
    const vectors = unitVectors(50, 64, 3);
    const opposite = vectors[7]!.map((value) => -value);
    const ranked = searchFlat(quantise([...vectors, opposite]), vectors[7]!, 51);
    expect(ranked[0]?.passage).toBe(7);
    expect(ranked.at(-1)?.passage).toBe(50);
  });

  it('gives equal vectors in the order of the site', () => {
    const [same, other] = unitVectors(2, 16, 4);
    const ranked = searchFlat(quantise([other!, same!, same!, other!, same!]), same!, 5);
    expect(ranked.map(({ passage }) => passage)).toEqual([1, 2, 4, 0, 3]);
  });

  it('gives the best as many as asked for, and all where there are fewer', () => {
    const vectors = unitVectors(20, 16, 5);
    const rows = quantise(vectors);
    expect(searchFlat(rows, vectors[0]!, 3)).toEqual(searchFlat(rows, vectors[0]!, 100).slice(0, 3));
    expect(searchFlat(rows, vectors[0]!, 100)).toHaveLength(20);
  });

  it('finds only the rows that are allowed', () => {
    const vectors = unitVectors(50, 16, 7);
    const rows = quantise(vectors);
    const some = [3, 8, 49];
    const ranked = searchFlat(rows, vectors[0]!, 10, bitmapOf(some, 50));
    const all = searchFlat(rows, vectors[0]!, 50);
    expect(ranked).toEqual(all.filter(({ passage }) => some.includes(passage)));
  });

  it('refuses a query of another width than the rows, and says both', () => {
    const rows = quantise(unitVectors(3, 16, 6));
    expect(() => searchFlat(rows, new Float32Array(8), 3)).toThrow(/8 dimensions.* 16/);
  });
});
