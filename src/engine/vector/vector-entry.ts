import * as v from 'valibot';
import { count, type FileEntry, file } from '../index-file/file-entry.js';

/** How vectors are searched, and the files that it takes. */
export const vectorEntry = v.variant('mode', [
  /** Every int8 row is scanned. */
  v.object({ mode: v.literal('flat'), rows: file }),
  /** 1-bit codes are scanned; int8 rows of the best are read from their file by ranges. */
  v.object({ mode: v.literal('binary'), rows: file, codes: file }),
  /** A graph leads to the nearest int8 rows; a search keeps `ef` of them in view. */
  v.object({ mode: v.literal('hnsw'), rows: file, graph: file, ef: count }),
]);

export type VectorEntry = v.InferOutput<typeof vectorEntry>;
export type VectorMode = VectorEntry['mode'];

/** The files of an entry that a visitor loads whole. */
export function wholeFiles(entry: VectorEntry): FileEntry[] {
  if (entry.mode === 'binary') return [entry.codes];
  return entry.mode === 'hnsw' ? [entry.rows, entry.graph] : [entry.rows];
}
