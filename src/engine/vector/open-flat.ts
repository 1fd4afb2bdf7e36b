import type { Bitmap } from '../bitmap.js';
import type { Ranked } from '../ranked.js';
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
import { SCALAR, SIMD } from './kernel-bytes/flat.js';
import { scan } from './plain-scan.js';
import { reserve, roundUp, type StartedKernel, startKernel } from '../start-kernel.js';
import type { VectorRows } from './vector-file.js';
import { checkQuery, type VectorIndex } from './vector-index.js';

/** What kernels/flat.ts exports. All are addresses or counts; see there. */
export interface FlatKernel {
  searchFlat(
    rows: number,
    count: number,
    width: number,
    query: number,
    allowed: number,
    heap: number,
    limit: number,
  ): number;
}

/** A vector index that answers at once. */
export interface FlatIndex extends VectorIndex {
  search(query: Float32Array, limit: number, allowed?: Bitmap): Ranked[];
}

/**
 * Flat search: the dot product of the query with every row, exact but for the rows' int8 rounding. A WebAssembly kernel
 * does it, with SIMD where the browser has that; where WebAssembly is refused, plain JavaScript does.
 */
export async function openFlat(vectors: VectorRows, binaries = [SIMD, SCALAR]): Promise<FlatIndex> {
  const { rows, dimensions, scale } = vectors;
  // Where things lie: rows, query, bitmap of allowed rows, results.
  const query = rowBytes(vectors);
  const bitmap = query + 2 * rowWidth(dimensions);
  const heap = roundUp(bitmap + roundUp(rows, 32) / 8, LANES);
  const started = dimensions > MOST_DIMENSIONS ? undefined : await startKernel<FlatKernel>(binaries, heap);
  const search = started ? searchKernel(started) : searchPlain;
  return {
    rows,
    dimensions,
    search(asked, limit, allowed) {
      checkQuery(asked, dimensions);
      return search(asked, Math.min(limit, rows), allowed);
    },
  };

  function searchPlain(asked: Float32Array, limit: number, allowed?: Bitmap): Ranked[] {
    return scan(vectors, asked, limit, allowed);
  }

  function searchKernel({ kernel, memory }: StartedKernel<FlatKernel>): typeof searchPlain {
    copyRows(vectors, memory);
    return (asked, limit, allowed) => {
      reserve(memory, heap + limit * KEY_BYTES);
      const unit = scale * writeQuery(asked, memory, query);
      if (allowed) new Uint8Array(memory.buffer, bitmap).set(allowed);
      const width = rowWidth(dimensions);
      const found = kernel.searchFlat(0, rows, width, query, allowed ? bitmap : 0, heap, limit);
      return readKeys(memory, heap, found, (sum) => sum * unit);
    };
  }
}
