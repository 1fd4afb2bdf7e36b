import type { Bitmap } from '../bitmap.js';
import { damagedFile } from '../index-file/bytes.js';
import { lowerBound } from '../lower-bound.js';
import type { GraphFile } from './graph-file.js';
import {
  copyRows,
  KEY_BYTES,
  LANES,
  MOST_DIMENSIONS,
  readKeys,
  rowBytes,
  rowWidth,
  writeQuery,
} from './int8-memory.js';
import { SCALAR, SIMD } from './kernel-bytes/hnsw.js';
import type { FlatIndex, FlatKernel } from './open-flat.js';
import { reserve, roundUp, startKernel } from '../start-kernel.js';
import type { VectorRows } from './vector-file.js';
import { checkQuery } from './vector-index.js';

export interface SearchGraphOptions {
  /**
   * How many of the nearest rows a search keeps in view; at least as many as it is asked for. More find more and take
   * longer. Default 200.
   */
  ef?: number | undefined;
  binaries?: string[];
}

/** What kernels/hnsw.ts exports. All are addresses or counts; see there. */
interface HnswKernel extends FlatKernel {
  setRows(address: number, count: number, width: number, query: number): void;
  setLayer(nodes: number, rows: number, offsets: number, lists: number, listBytes: number): void;
  walk(from: number): number;
  searchLayer(
    ...places: [
      ...[from: number, ef: number, beam: number, visited: number],
      ...[allowed: number, heap: number, limit: number],
    ]
  ): number;
}

const EF = 200;
/** Nodes that a step of a search looks at, which lie anywhere in memory, cost about so many rows of a scan. */
const ROWS_PER_STEP = 30;

/**
 * HNSW search (Malkov & Yashunin 2018) in the bytes of the graph's file: from the last layer down to the lowest, and
 * there with a beam of `ef` rows. With a filter, the beam is as much wider as fewer rows are allowed; where scanning
 * the allowed ones is cheaper, they are scanned.
 */
export async function openHnsw(
  vectors: VectorRows,
  graph: GraphFile,
  name: string,
  { ef: least = EF, binaries = [SIMD, SCALAR] }: SearchGraphOptions = {},
): Promise<FlatIndex> {
  const { rows, dimensions, scale } = vectors;
  const { layers, entry, bytes } = graph;
  if (graph.rows !== rows) throw damagedFile(name, `it is of ${graph.rows} rows, and there are ${rows}`);
  if (dimensions > MOST_DIMENSIONS)
    throw damagedFile(
      name,
      `it has ${dimensions} dimensions where at most ${MOST_DIMENSIONS} can be searched`,
    );
  const width = rowWidth(dimensions);
  // Where things lie: rows, query, bitmap of allowed rows, graph, bitmap of visited rows, beam and results.
  const query = rowBytes(vectors);
  const bitmap = query + 2 * width;
  const file = roundUp(bitmap + roundUp(rows, 32) / 8, LANES);
  const visited = roundUp(file + bytes.length, LANES);
  const beam = roundUp(visited + roundUp(rows, 32) / 8, LANES);
  const started = await startKernel<HnswKernel>(binaries, beam);
  if (!started)
    throw new Error(
      `A search of ${rows} vectors by graph needs WebAssembly and ${Math.ceil(beam / 1e6)} MB of memory.`,
    );
  const { kernel, memory } = started;
  copyRows(vectors, memory);
  new Uint8Array(memory.buffer).set(bytes, file);
  kernel.setRows(0, rows, width, query);
  return {
    rows,
    dimensions,
    search(asked, most, allowed) {
      checkQuery(asked, dimensions);
      if (rows === 0) return [];
      const limit = Math.min(most, rows);
      const { ef, scans } = effort(Math.max(limit, least), allowed);
      const heap = beam + (ef + 1) * KEY_BYTES;
      reserve(memory, heap + limit * KEY_BYTES);
      if (allowed) new Uint8Array(memory.buffer, bitmap).set(allowed);
      const unit = scale * writeQuery(asked, memory, query);
      const filter = allowed ? bitmap : 0;
      const found = scans
        ? kernel.searchFlat(0, rows, width, query, filter, heap, limit)
        : kernel.searchLayer(nearby(), ef, beam, visited, filter, heap, limit);
      return readKeys(memory, heap, found, (sum) => sum * unit);
    },
  };

  /** How wide the beam must be, or whether to scan instead. */
  function effort(ef: number, allowed: Bitmap | undefined): { ef: number; scans: boolean } {
    if (!allowed) return { ef: Math.min(ef, rows), scans: ef >= rows };
    const count = countOf(allowed);
    const wider = Math.min(rows, Math.ceil((ef * rows) / Math.max(1, count)));
    return { ef: wider, scans: count <= wider * ROWS_PER_STEP };
  }

  /** Walks down the upper layers, and makes the lowest the one that is searched. */
  function nearby(): number {
    let row = entry;
    for (let layer = layers.length - 1; layer >= 0; layer--) {
      const { nodes, rows: rowsAt, offsets, lists, listBytes } = layers[layer]!;
      kernel.setLayer(
        nodes,
        rowsAt === undefined ? 0 : file + rowsAt,
        file + offsets,
        file + lists,
        listBytes,
      );
      if (rowsAt === undefined) continue;
      const members = new Uint32Array(memory.buffer, file + rowsAt, nodes);
      // The first layer begins with a node, the others with the row that the one above led to, or one near it.
      const from = layer === layers.length - 1 ? entry : lowerBound(nodes - 1, (at) => members[at]! < row);
      row = Math.min(members[kernel.walk(from)]!, rows - 1);
    }
    return row;
  }
}

function countOf(bitmap: Bitmap): number {
  let count = 0;
  for (let byte of bitmap) for (; byte; byte &= byte - 1) count++;
  return count;
}
