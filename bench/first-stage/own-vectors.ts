import { binaryCodes } from '../../src/engine/vector/binary-codes.js';
import { buildGraph, GRAPH_DEFAULTS } from '../../src/engine/vector/build-graph.js';
import { readCodesFile, writeCodesFile } from '../../src/engine/vector/codes-file.js';
import { readGraphFile, writeGraphFile } from '../../src/engine/vector/graph-file.js';
import { openBinary } from '../../src/engine/vector/open-binary.js';
import { openFlat } from '../../src/engine/vector/open-flat.js';
import { openHnsw } from '../../src/engine/vector/open-hnsw.js';
import type { ReadRows } from '../../src/engine/vector/row-reader.js';
import {
  quantise,
  readVectorFile,
  type VectorRows,
  writeVectorFile,
} from '../../src/engine/vector/vector-file.js';
import type { Vectors, VectorSystem } from './vector-systems.js';

const flat: VectorSystem = {
  name: 'second-look, flat int8',
  ours: true,
  note: 'Its own file, searched by a WebAssembly kernel.',
  async build(vectors) {
    const file = writeVectorFile(quantise(rowsOf(vectors)));
    return {
      save: async () => file.length,
      async load() {
        const opened = await openFlat(readVectorFile(file, 'vectors.bin'));
        return (query, limit) => opened.search(query, limit).map(({ passage }) => passage);
      },
    };
  },
};

const binary: VectorSystem = {
  name: 'second-look, 1-bit',
  ours: true,
  note:
    'Codes scanned, the best 200 rescored by their int8 rows, which are in memory here; on a site they are read by ' +
    'ranges, and the size given is that of the codes.',
  async build(vectors) {
    const rows = quantise(rowsOf(vectors));
    const file = writeCodesFile(binaryCodes(rowsOf(vectors)), rows);
    return {
      save: async () => file.length,
      async load() {
        const opened = await openBinary(readCodesFile(file, 'codes.bin'), residentRows(rows));
        return async (query, limit) => (await opened.search(query, limit)).map(({ passage }) => passage);
      },
    };
  },
};

const hnsw: VectorSystem[] = [64, 200].map((ef) => ({
  name: `second-look, HNSW int8, ef ${ef}`,
  ours: true,
  note: `M ${GRAPH_DEFAULTS.m}, efConstruction ${GRAPH_DEFAULTS.efConstruction}; the graph and the int8 rows, searched in their files' bytes.`,
  async build(vectors) {
    const rows = quantise(rowsOf(vectors));
    const files = [writeVectorFile(rows), writeGraphFile(await buildGraph(rows))] as const;
    return {
      save: async () => files[0].length + files[1].length,
      async load() {
        const opened = await openHnsw(
          readVectorFile(files[0], 'vectors.bin'),
          readGraphFile(files[1], 'graph.bin'),
          'graph.bin',
          { ef },
        );
        return (query, limit) => opened.search(query, limit).map(({ passage }) => passage);
      },
    };
  },
}));

/** Our modes. */
export const OWN_VECTORS: readonly VectorSystem[] = [flat, binary, ...hnsw];

function rowsOf({ components, dimensions, rows }: Vectors): Float32Array[] {
  return Array.from({ length: rows }, (_, row) =>
    components.subarray(row * dimensions, (row + 1) * dimensions),
  );
}

/** Int8 rows that need not be fetched. */
export function residentRows({ components, dimensions }: VectorRows): ReadRows {
  return async (wanted) =>
    new Map(wanted.map((row) => [row, components.subarray(row * dimensions, (row + 1) * dimensions)]));
}
