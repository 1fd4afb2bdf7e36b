import { beforeEach, describe, expect, it } from 'vitest';
import { expectDamaged } from '../../testing/damage.js';
import { EMBEDDER } from '../../testing/manifest.js';
import { MemorySource } from '../../testing/memory-source.js';
import { clusteredVectors } from '../../testing/random.js';
import { writeVectors } from '../../indexer/write-vectors.js';
import { bitmapOf } from '../bitmap-sets.js';
import { openVectors } from './open-vectors.js';
import type { VectorEntry, VectorMode } from './vector-entry.js';
import type { VectorIndex } from './vector-index.js';

const vectors = clusteredVectors(300, 32, 1);
const MODES: VectorMode[] = ['flat', 'binary', 'hnsw'];

describe('openVectors', () => {
  let source: MemorySource;
  let shortfall: string | undefined;
  beforeEach(() => {
    source = new MemorySource();
    shortfall = undefined;
  });
  const write = (mode: VectorMode): Promise<VectorEntry> =>
    writeVectors(source, vectors, mode, { m: 16, efConstruction: 100, ef: 50 });
  const open = (entry: VectorEntry | undefined, passages = 300): Promise<VectorIndex> =>
    openVectors(
      {
        vectors: entry,
        counts: { pages: 1, sections: 1, passages },
        embedder: { ...EMBEDDER, dimensions: 32 },
      },
      source,
      (reason) => {
        shortfall = reason;
      },
    );

  it.each(MODES)('opens what the indexer writes: %s', async (mode) => {
    const index = await open(await write(mode));
    expect(index).toMatchObject({ rows: 300, dimensions: 32 });
    const found = await index.search(vectors[42]!, 5);
    expect(found[0]?.passage).toBe(42);
    expect(found[0]?.score).toBeCloseTo(1, 1);
    const [allowed] = await index.search(vectors[42]!, 5, bitmapOf([7], 300));
    expect(allowed?.passage).toBe(7);
    expect(shortfall).toBeUndefined();
  });

  it('loads no int8 row of a site with 1-bit codes but those of the best', async () => {
    const { rows, codes } = await write('binary');
    await (await open({ mode: 'binary', rows, codes })).search(vectors[0]!, 5);
    expect(source.reads).toEqual([codes!.path]);
    expect(source.ranges.length).toBeGreaterThan(0);
  });

  it('answers by estimates where rows cannot be read, and says so', async () => {
    const entry = await write('binary');
    source.files.delete(entry.rows.path);
    const found = await (await open(entry)).search(vectors[42]!, 5);
    expect(found[0]?.passage).toBe(42);
    expect(shortfall).toMatch(/estimates alone: .*vectors\.bin/);
  });

  it.each(MODES)('refuses vectors of another number of passages, by name: %s', async (mode) => {
    const error: unknown = await open(await write(mode), 299).catch((thrown: unknown) => thrown);
    expectDamaged(error, mode === 'binary' ? 'codes.bin' : 'vectors.bin');
    expect((error as Error).message).toMatch(/300 × 32 .* 299 × 32/);
  });

  it.each([
    ['binary', 'codes'],
    ['hnsw', 'graph'],
  ] as const)('says so where the manifest says %s and names no %s', async (mode, part) => {
    const { [part]: left, ...entry } = await write(mode);
    expect(left).toBeDefined();
    const error: unknown = await open(entry).catch((thrown: unknown) => thrown);
    expectDamaged(error, 'manifest.json');
    expect((error as Error).message).toContain(part);
  });

  it('says that an index has no vectors', async () => {
    await expect(open(undefined)).rejects.toThrow(/without vectors/);
  });
});
