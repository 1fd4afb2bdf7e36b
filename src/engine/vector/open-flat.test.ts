import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitVectors } from '../../testing/random.js';
import { bitmapOf } from '../bitmap-sets.js';
import { SCALAR, SIMD } from './kernel-bytes/flat.js';
import { type FlatIndex, openFlat } from './open-flat.js';
import { scan } from './plain-scan.js';
import { quantise } from './vector-file.js';

const dot = (left: Float32Array, right: Float32Array): number =>
  left.reduce((sum, value, at) => sum + value * right[at]!, 0);

/** Rows by their exact cosine with the query, best first. */
const exactOrder = (vectors: Float32Array[], query: Float32Array): number[] =>
  vectors
    .map((vector, row) => ({ row, score: dot(vector, query) }))
    .sort((left, right) => right.score - left.score)
    .map(({ row }) => row);

const KERNELS: Record<string, string[]> = {
  'with SIMD': [SIMD],
  'without SIMD': [SCALAR],
  'without WebAssembly': [],
};

describe.each(Object.entries(KERNELS))('flat search %s', (_, binaries) => {
  const open = (vectors: Float32Array[]): Promise<FlatIndex> => openFlat(quantise(vectors), binaries);

  it('finds what plain JavaScript finds, of any number of rows and dimensions', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ rows: fc.integer({ min: 1, max: 70 }), dimensions: fc.integer({ min: 1, max: 50 }) }),
        fc.nat(),
        fc.integer({ min: 1, max: 80 }),
        fc.option(fc.uint8Array({ minLength: 9, maxLength: 9 }), { nil: undefined }),
        async ({ rows, dimensions }, seed, limit, bits) => {
          const vectors = unitVectors(rows, dimensions, seed);
          const [query] = unitVectors(1, dimensions, seed + 1);
          const allowed = bits?.slice(0, (rows + 7) >> 3);
          const found = (await open(vectors)).search(query!, limit, allowed);
          const all = new Map(
            scan(quantise(vectors), query!, rows, allowed).map(({ passage, score }) => [passage, score]),
          );
          expect(found).toHaveLength(Math.min(limit, all.size));
          for (const { passage, score } of found)
            expect(Math.abs(score - all.get(passage)!)).toBeLessThan(0.002);
          const least = found.at(-1)?.score ?? 0;
          const better = [...all.values()].filter((score) => score > least + 0.004);
          expect(better.length).toBeLessThanOrEqual(found.length);
          found.slice(1).forEach(({ score }, at) => expect(score).toBeLessThanOrEqual(found[at]!.score));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('finds at least 9 of the 10 nearest vectors, though the rows are rounded to a byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(32, 64, 128), async (seed, dimensions) => {
        const vectors = unitVectors(400, dimensions, seed);
        const queries = unitVectors(100, dimensions, seed + 1);
        const index = await open(vectors);
        const recalled = queries.flatMap((query) => {
          const nearest = exactOrder(vectors, query).slice(0, 10);
          return index.search(query, 10).filter(({ passage }) => nearest.includes(passage));
        });
        expect(recalled.length / (10 * queries.length)).toBeGreaterThanOrEqual(0.9);
      }),
      { numRuns: 8 },
    );
  });

  it('scores by cosine', async () => {
    const vectors = unitVectors(100, 384, 1);
    const [query] = unitVectors(1, 384, 2);
    for (const { passage, score } of (await open(vectors)).search(query!, 100))
      expect(Math.abs(score - dot(vectors[passage]!, query!))).toBeLessThan(0.01);
  });

  it('finds a vector first by itself, and its opposite last', async () => {
    const vectors = unitVectors(50, 64, 3);
    const opposite = vectors[7]!.map((value) => -value);
    const ranked = (await open([...vectors, opposite])).search(vectors[7]!, 51);
    expect(ranked[0]?.passage).toBe(7);
    expect(ranked.at(-1)?.passage).toBe(50);
  });

  it('gives equal vectors in the order of the site', async () => {
    const [same, other] = unitVectors(2, 16, 4);
    const ranked = (await open([other!, same!, same!, other!, same!])).search(same!, 5);
    expect(ranked.map(({ passage }) => passage)).toEqual([1, 2, 4, 0, 3]);
  });

  it('gives the best as many as asked for, and all where there are fewer', async () => {
    const vectors = unitVectors(20, 16, 5);
    const index = await open(vectors);
    expect(index.search(vectors[0]!, 3)).toEqual(index.search(vectors[0]!, 100).slice(0, 3));
    expect(index.search(vectors[0]!, 100)).toHaveLength(20);
  });

  it('finds only the rows that are allowed', async () => {
    const vectors = unitVectors(50, 16, 7);
    const index = await open(vectors);
    const some = [3, 8, 49];
    const ranked = index.search(vectors[0]!, 10, bitmapOf(some, 50));
    const all = index.search(vectors[0]!, 50);
    expect(ranked).toEqual(all.filter(({ passage }) => some.includes(passage)));
  });

  it('refuses a query of another width than the rows, and says both', async () => {
    const index = await open(unitVectors(3, 16, 6));
    expect(() => index.search(new Float32Array(8), 3)).toThrow(/8 dimensions.* 16/);
  });
});
