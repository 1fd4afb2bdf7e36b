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
import { edgevec } from './edgevec.js';
import { hnswlib } from './hnswlib.js';

/** Vectors one after another. */
export interface Vectors {
  components: Float32Array<ArrayBuffer>;
  dimensions: number;
  rows: number;
}

/** A vector index in the browser. */
export interface VectorSystem {
  name: string;
  ours: boolean;
  note: string;
  /** The npm package, if it is one. */
  package?: string;
  build: (vectors: Vectors) => Promise<VectorIndex>;
}

export interface VectorIndex {
  /** Writes the index as a visitor would get or keep it, and says how many bytes that are. */
  save: () => Promise<number>;
  /** Opens what was saved; milliseconds count from here to an index that answers. */
  load: () => Promise<SearchVectors>;
  /** The index as built, where what was saved cannot be opened. */
  unsaved?: SearchVectors;
}

/** Rows of the nearest vectors, nearest first. */
export type SearchVectors = (query: Float32Array, limit: number) => number[] | Promise<number[]>;

const flatInt8: VectorSystem = {
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

/** What one writes without a library; exact, so recall is measured against it. */
export const plain: VectorSystem = {
  name: 'plain JavaScript, flat float32',
  ours: false,
  note: 'A loop of dot products; exact.',
  async build({ components, dimensions, rows }) {
    return {
      save: async () => components.byteLength,
      load: async () => (query, limit) => {
        const scores = new Float32Array(rows);
        for (let row = 0, at = 0; row < rows; row++) {
          let sum = 0;
          for (let dimension = 0; dimension < dimensions; dimension++)
            sum += components[at++]! * query[dimension]!;
          scores[row] = sum;
        }
        return best(scores, limit);
      },
    };
  },
};

/** A further system is an entry here. */
export const VECTOR_SYSTEMS: readonly VectorSystem[] = [
  flatInt8,
  binary,
  ...hnsw,
  plain,
  ...hnswlib,
  edgevec,
];

/** Rows of the largest scores, best first, by insertion into a short list. */
function best(scores: Float32Array, limit: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < scores.length; row++) {
    if (rows.length === limit && scores[row]! <= scores[rows[limit - 1]!]!) continue;
    let at = rows.length;
    while (at > 0 && scores[rows[at - 1]!]! < scores[row]!) at--;
    rows.splice(at, 0, row);
    rows.length = Math.min(rows.length, limit);
  }
  return rows;
}
