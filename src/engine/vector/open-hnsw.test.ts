import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectDamaged, overwritten } from '../../testing/damage.js';
import { clusteredVectors, unitVectors } from '../../testing/random.js';
import { type Bitmap } from '../bitmap.js';
import { bitmapOf } from '../bitmap-sets.js';
import { buildGraph } from './build-graph.js';
import { readGraphFile, writeGraphFile } from './graph-file.js';
import { SCALAR, SIMD } from './kernel-bytes/hnsw.js';
import { type FlatIndex, openFlat } from './open-flat.js';
import { openHnsw } from './open-hnsw.js';
import { quantise } from './vector-file.js';

/** Queries that a recall is taken over: with 20 it is .987 ± .015 by chance alone, with 200 always above .97. */
const SURE = 200;

const graphOf = async (vectors: readonly Float32Array[]): Promise<Uint8Array<ArrayBuffer>> =>
  writeGraphFile(await buildGraph(quantise(vectors)));

const open = async (
  vectors: readonly Float32Array[],
  { binary = SIMD, ef = 64, graph }: { binary?: string; ef?: number; graph?: Uint8Array } = {},
): Promise<FlatIndex> =>
  openHnsw(quantise(vectors), readGraphFile(graph ?? (await graphOf(vectors)), 'graph.bin'), 'graph.bin', {
    ...{ ef, binaries: [binary] },
  });

/** The share of what flat search finds that a graph leads to. */
function recall(
  index: FlatIndex,
  flat: FlatIndex,
  queries: readonly Float32Array[],
  allowed?: Bitmap,
): number {
  const shares = queries.map((query) => {
    const nearest = flat.search(query, 10, allowed).map(({ passage }) => passage);
    const found = index.search(query, 10, allowed).filter(({ passage }) => nearest.includes(passage));
    return found.length / nearest.length;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

describe.each([
  ['with SIMD', SIMD],
  ['without SIMD', SCALAR],
])('search of a graph %s', (_, binary) => {
  it('finds of the ten that flat search finds at least 95 in 100', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(30, 64), async (seed, dimensions) => {
        const vectors = clusteredVectors(2000, dimensions, seed);
        const flat = await openFlat(quantise(vectors));
        const queries = clusteredVectors(SURE, dimensions, seed + 2);
        expect(recall(await open(vectors, { binary }), flat, queries)).toBeGreaterThanOrEqual(0.95);
      }),
      { numRuns: 4 },
    );
  });

  it('finds those that a filter allows, be they many or few', async () => {
    const vectors = clusteredVectors(3000, 32, 1);
    const index = await open(vectors, { binary, ef: 32 });
    const flat = await openFlat(quantise(vectors));
    const queries = clusteredVectors(SURE, 32, 2);
    for (const every of [2, 5, 20, 300]) {
      const allowed = bitmapOf(
        vectors.flatMap((__, row) => (row % every === 0 ? [row] : [])),
        3000,
      );
      const found = index.search(queries[0]!, 10, allowed);
      expect(found).toHaveLength(10);
      expect(found.every(({ passage }) => passage % every === 0)).toBe(true);
      expect(recall(index, flat, queries, allowed)).toBeGreaterThanOrEqual(0.95);
    }
    expect(index.search(queries[0]!, 10, bitmapOf([], 3000))).toEqual([]);
  });

  it('scores rows as flat search does, best first', async () => {
    const vectors = clusteredVectors(500, 48, 3);
    const [query] = clusteredVectors(1, 48, 4);
    const scores = new Map(
      (await openFlat(quantise(vectors))).search(query!, 500).map(({ passage, score }) => [passage, score]),
    );
    const found = (await open(vectors, { binary })).search(query!, 100);
    expect(found).toHaveLength(100);
    for (const { passage, score } of found) expect(score).toBeCloseTo(scores.get(passage)!, 6);
    found.slice(1).forEach(({ score }, at) => expect(score).toBeLessThanOrEqual(found[at]!.score));
  });

  it.each([0, 1, 2, 9])('gives all of %d rows', async (rows) => {
    const vectors = unitVectors(rows, 16, 5);
    const found = (await open(vectors, { binary })).search(new Float32Array(rows > 0 ? 16 : 0), 20);
    expect(found.map(({ passage }) => passage)).toEqual(vectors.map((__, row) => row));
  });

  it('finds a row among a thousand that are all the same', async () => {
    const [same, other] = unitVectors(2, 16, 6);
    const vectors = [...Array.from({ length: 1000 }, () => same!), other!];
    const index = await open(vectors, { binary });
    expect(index.search(same!, 10)).toHaveLength(10);
  });

  it('refuses a query of another width than the rows, and says both', async () => {
    const index = await open(unitVectors(3, 16, 6), { binary });
    expect(() => index.search(new Float32Array(8), 3)).toThrow(/8 dimensions.* 16/);
  });
});

describe('a damaged graph', () => {
  const vectors = clusteredVectors(400, 16, 8);
  const [query] = clusteredVectors(1, 16, 9);
  let whole: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    whole = await graphOf(vectors);
  });

  /** Rows that are there, in order; or the file is refused by its name. */
  const searchDamaged = async (graph: Uint8Array, binary: string): Promise<void> => {
    let index: FlatIndex;
    try {
      index = await open(vectors, { binary, ef: 30, graph });
    } catch (error) {
      expectDamaged(error, 'graph.bin');
      return;
    }
    for (const allowed of [undefined, bitmapOf(vectors.keys(), 400)]) {
      const found = index.search(query!, 20, allowed);
      expect(new Set(found.map(({ passage }) => passage)).size).toBe(found.length);
      expect(found.every(({ passage }) => passage < 400)).toBe(true);
    }
  };

  it.each([
    ['with SIMD', SIMD],
    ['without SIMD', SCALAR],
  ])('is refused by name, or misses rows, and no search hangs or fails %s', async (_, binary) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 40 }), async (at, bytes) =>
        searchDamaged(overwritten(whole, at % whole.length, bytes), binary),
      ),
      { numRuns: 300 },
    );
  });

  it.each([0, 1, 127, 128, 255])('is refused by name, or misses rows, where it is all %d', async (byte) => {
    for (const from of [4, 16, 24, 200]) {
      const graph = whole.slice();
      graph.fill(byte, from);
      await searchDamaged(graph, SIMD);
    }
  });

  it('is refused where it is of another number of rows', async () => {
    const error: unknown = await open(vectors.slice(1), { graph: whole }).catch((thrown: unknown) => thrown);
    expectDamaged(error, 'graph.bin');
  });
});
