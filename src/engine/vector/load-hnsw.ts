import { readGraphFile } from './graph-file.js';
import { openHnsw } from './open-hnsw.js';
import type { VectorRows } from './vector-file.js';
import type { VectorIndex } from './vector-index.js';

/** Opens a graph over rows from its file's bytes; `name` is the file's. */
export async function loadHnsw(
  rows: VectorRows,
  graph: Uint8Array,
  name: string,
  ef: number | undefined,
): Promise<VectorIndex> {
  return openHnsw(rows, readGraphFile(graph, name), name, { ef });
}
