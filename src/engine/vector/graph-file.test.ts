import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectDamaged, overwritten, thrownBy, truncations } from '../../testing/damage.js';
import { clusteredVectors } from '../../testing/random.js';
import { buildGraph } from './build-graph.js';
import { readGraphFile, writeGraphFile } from './graph-file.js';
import { quantise } from './vector-file.js';

const fileOf = async (rows: number): Promise<Uint8Array<ArrayBuffer>> =>
  writeGraphFile(await buildGraph(quantise(clusteredVectors(rows, 16, 1)), { m: 4 }));

describe('the graph', () => {
  it('links every row to others, to no more than it may, and to none twice', async () => {
    const { layers, entry } = await buildGraph(quantise(clusteredVectors(600, 16, 2)), { m: 6 });
    expect(layers.length).toBeGreaterThan(1);
    expect(entry).toBeLessThan(layers.at(-1)!.nodes);
    layers.forEach(({ nodes, neighbours, rows }, layer) => {
      expect(rows?.length ?? 600).toBe(nodes);
      for (let node = 0; node < nodes; node++) {
        const linked = neighbours(node);
        if (nodes > 1) expect(linked.length).toBeGreaterThan(0);
        expect(linked.length).toBeLessThanOrEqual(layer === 0 ? 12 : 6);
        expect(new Set(linked).size).toBe(linked.length);
        expect(linked).not.toContain(node);
        expect(linked.every((other) => other < nodes)).toBe(true);
      }
    });
  });

  it('is the same at every build', async () => {
    expect(await fileOf(300)).toEqual(await fileOf(300));
  });

  it('tells how far it is', async () => {
    const told: number[] = [];
    await buildGraph(quantise(clusteredVectors(50, 16, 3)), { onProgress: (done) => told.push(done) });
    expect(told.at(-1)).toBe(50);
  });
});

describe('the file of a graph', () => {
  it('takes at most 40 bytes for a row with 16 links a layer, as indexed by default', async () => {
    const graph = await buildGraph(quantise(clusteredVectors(3000, 32, 4)));
    expect(writeGraphFile(graph).length / 3000).toBeLessThan(40);
  });

  it('says where its layers lie, the lowest first', async () => {
    const { rows, layers, bytes } = readGraphFile(await fileOf(200), 'graph.bin');
    expect(rows).toBe(200);
    expect(layers[0]).toMatchObject({ nodes: 200, rows: undefined });
    for (const { nodes, rows: rowsAt, lists, listBytes } of layers.slice(1)) {
      expect(rowsAt).toBeGreaterThan(0);
      expect(nodes).toBeLessThan(200);
      expect(lists + listBytes).toBeLessThanOrEqual(bytes.length);
    }
  });

  it('is refused by name wherever it is cut off', async () => {
    for (const cut of truncations(await fileOf(20)))
      expectDamaged(
        thrownBy(() => readGraphFile(cut, 'graph.bin')),
        'graph.bin',
      );
  });

  it('is read or refused by name, whatever bytes are written over it', async () => {
    const whole = await fileOf(60);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }), (at, bytes) => {
        const error = thrownBy(() => readGraphFile(overwritten(whole, at, bytes), 'graph.bin'));
        if (error !== undefined) expectDamaged(error, 'graph.bin');
      }),
      { numRuns: 500 },
    );
  });
});
