import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusteredVectors, unitVectors } from '../../testing/random.js';
import { bitmapOf } from '../bitmap-sets.js';
import type { Ranked } from '../ranked.js';
import { binaryCodes } from './binary-codes.js';
import { readCodesFile, writeCodesFile } from './codes-file.js';
import { SCALAR, SIMD } from './kernel-bytes/binary.js';
import { openBinary } from './open-binary.js';
import { openFlat } from './open-flat.js';
import type { ReadRows } from './row-reader.js';
import { quantise } from './vector-file.js';
import type { VectorIndex } from './vector-index.js';

const NO_ROWS: ReadRows = async () => new Map();

const rowsOf = (vectors: readonly Float32Array[]): ReadRows => {
  const { components, dimensions } = quantise(vectors);
  return async (wanted) =>
    new Map(wanted.map((row) => [row, components.subarray(row * dimensions, (row + 1) * dimensions)]));
};

const open = (
  vectors: readonly Float32Array[],
  binary = SIMD,
  readRows = rowsOf(vectors),
): Promise<VectorIndex> =>
  openBinary(readCodesFile(writeCodesFile(binaryCodes(vectors), quantise(vectors)), 'codes.bin'), readRows, [
    binary,
  ]);

const passagesOf = (ranked: readonly Ranked[]): number[] => ranked.map(({ passage }) => passage);

describe.each([
  ['with SIMD', SIMD],
  ['without SIMD', SCALAR],
])('search of 1-bit codes %s', (_, binary) => {
  it('finds of the ten that flat search finds at least 9 in 10', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(64, 100, 128), async (seed, dimensions) => {
        const vectors = clusteredVectors(800, dimensions, seed);
        const queries = clusteredVectors(100, dimensions, seed + 2);
        const flat = await openFlat(quantise(vectors));
        const index = await open(vectors, binary);
        let found = 0;
        for (const query of queries) {
          const nearest = passagesOf(flat.search(query, 10));
          found += passagesOf(await index.search(query, 10)).filter((row) => nearest.includes(row)).length;
        }
        expect(found / (10 * queries.length)).toBeGreaterThanOrEqual(0.9);
      }),
      { numRuns: 3 },
    );
  });

  it('finds what flat search finds where all rows are rescored, of any number of rows and dimensions', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ rows: fc.integer({ min: 1, max: 150 }), dimensions: fc.integer({ min: 1, max: 50 }) }),
        fc.nat(),
        fc.integer({ min: 1, max: 180 }),
        fc.option(fc.uint8Array({ minLength: 19, maxLength: 19 }), { nil: undefined }),
        async ({ rows, dimensions }, seed, limit, bits) => {
          const vectors = unitVectors(rows, dimensions, seed);
          const [query] = unitVectors(1, dimensions, seed + 1);
          const allowed = bits?.slice(0, (rows + 7) >> 3);
          const exact = (await openFlat(quantise(vectors))).search(query!, limit, allowed);
          const found = await (await open(vectors, binary)).search(query!, limit, allowed);
          expect(found).toHaveLength(exact.length);
          found.forEach(({ score }, rank) => {
            expect(Math.abs(score - exact[rank]!.score)).toBeLessThan(0.002);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('estimates cosines without bias where no row can be had', async () => {
    const vectors = clusteredVectors(400, 128, 3);
    const [query] = clusteredVectors(1, 128, 4);
    const exact = new Map(
      (await openFlat(quantise(vectors))).search(query!, 400).map(({ passage, score }) => [passage, score]),
    );
    const errors = (await (await open(vectors, binary, NO_ROWS)).search(query!, 400)).map(
      ({ passage, score }) => score - exact.get(passage)!,
    );
    expect(errors).toHaveLength(400);
    expect(Math.abs(errors.reduce((sum, error) => sum + error, 0) / 400)).toBeLessThan(0.02);
    expect(Math.hypot(...errors) / Math.sqrt(400)).toBeLessThan(0.1);
  });

  it('gives as many as asked for where only some rows can be had', async () => {
    const vectors = clusteredVectors(400, 64, 5);
    const some: ReadRows = async (wanted) => rowsOf(vectors)(wanted.filter((row) => row % 3 === 0));
    const found = await (await open(vectors, binary, some)).search(vectors[3]!, 300);
    expect(found).toHaveLength(300);
    expect(found[0]?.passage).toBe(3);
    found.slice(1).forEach(({ score }, at) => expect(score).toBeLessThanOrEqual(found[at]!.score));
  });

  it('finds only the rows that are allowed', async () => {
    const vectors = clusteredVectors(500, 32, 7);
    const some = [3, 8, 64, 499];
    const found = await (await open(vectors, binary)).search(vectors[0]!, 10, bitmapOf(some, 500));
    expect(passagesOf(found).sort((left, right) => left - right)).toEqual(some);
  });

  it('takes no rows at all, and rows that are all the same', async () => {
    expect(await (await open([], binary)).search(new Float32Array(0), 5)).toEqual([]);
    const [same] = unitVectors(1, 16, 8);
    const found = await (await open([same!, same!, same!], binary)).search(same!, 5);
    expect(passagesOf(found)).toEqual([0, 1, 2]);
  });

  it('refuses a query of another width than the rows, and says both', async () => {
    const index = await open(unitVectors(3, 16, 6), binary);
    await expect(async () => index.search(new Float32Array(8), 3)).rejects.toThrow(/8 dimensions.* 16/);
  });
});

it('gives the same estimates with SIMD and without', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 100 }), fc.nat(), async (dimensions, seed) => {
      const vectors = unitVectors(90, dimensions, seed);
      const [query] = unitVectors(1, dimensions, seed + 1);
      const [simd, scalar] = await Promise.all(
        [SIMD, SCALAR].map(async (binary) => (await open(vectors, binary, NO_ROWS)).search(query!, 90)),
      );
      expect(simd).toEqual(scalar);
    }),
    { numRuns: 30 },
  );
});

it('says how much memory it needs where there is no WebAssembly', async () => {
  await expect(open(unitVectors(3, 16, 9), 'AAAA')).rejects.toThrow(/3 vectors needs WebAssembly/);
});
