import type { Ranked } from '../ranked.js';
import { roundUp } from '../start-kernel.js';
import type { VectorRows } from './vector-file.js';

// Rows, query and results as the int8 kernels have them in memory.

/** The kernels take this many numbers at a time. */
export const LANES = 16;
/** And this many rows. */
const ROWS = 2;
/** The query's components are whole numbers to this: only the rows' rounding counts then. */
const QUERY_LEVELS = 2047;
/** With more dimensions, a sum of products might not fit 32 bits. */
export const MOST_DIMENSIONS = 8000;
/** A result: the score above, the complement of the row below. */
export const KEY_BYTES = 8;

/** Bytes from one row to the next. */
export function rowWidth(dimensions: number): number {
  return roundUp(dimensions, LANES);
}

/** Bytes of all rows. */
export function rowBytes({ rows, dimensions }: Pick<VectorRows, 'rows' | 'dimensions'>): number {
  return roundUp(rows, ROWS) * rowWidth(dimensions);
}

/** Copies rows to the beginning of a memory. */
export function copyRows({ rows, dimensions, components }: VectorRows, { buffer }: WebAssembly.Memory): void {
  const bytes = new Int8Array(buffer);
  const width = rowWidth(dimensions);
  if (width === dimensions) {
    bytes.set(components);
    return;
  }
  for (let row = 0; row < rows; row++)
    bytes.set(components.subarray(row * dimensions, (row + 1) * dimensions), row * width);
}

/** Writes a query as int16, and returns what one step of it is. */
export function writeQuery(query: Float32Array, { buffer }: WebAssembly.Memory, at: number): number {
  const largest = query.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  new Int16Array(buffer, at, query.length).set(
    query.map((value) => Math.round((value / largest) * QUERY_LEVELS)),
  );
  return largest / QUERY_LEVELS;
}

/** Reads results: rows with their scores. */
export function readKeys(
  { buffer }: WebAssembly.Memory,
  at: number,
  count: number,
  score: (whole: number) => number,
): Ranked[] {
  const keys = new Int32Array(buffer, at, count * 2);
  return Array.from({ length: count }, (_, rank) => ({
    passage: ~keys[2 * rank]! >>> 0,
    score: score(keys[2 * rank + 1]!),
  }));
}
