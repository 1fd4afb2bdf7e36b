import * as v from 'valibot';
import { count, type FileEntry, file } from '../index-file/file-entry.js';

/**
 * How vectors are searched, and the files that it takes:
 * - `flat`: every int8 row is scanned
 * - `binary`: 1-bit codes are scanned; int8 rows of the best are read from their file by ranges
 * - `hnsw`: a graph leads to the nearest int8 rows; a search keeps `ef` of them in view
 *
 * One object and no variant, which would be code that the first rows wait for: who opens the vectors checks that the
 * mode's files are named.
 */
export const vectorEntry = v.object({
  mode: v.picklist(['flat', 'binary', 'hnsw']),
  rows: file,
  codes: v.optional(file),
  graph: v.optional(file),
  ef: v.optional(count),
});

export type VectorEntry = v.InferOutput<typeof vectorEntry>;
export type VectorMode = VectorEntry['mode'];

/** The files of an entry that a visitor loads whole. */
export function wholeFiles({ mode, rows, codes, graph }: VectorEntry): FileEntry[] {
  return [mode === 'binary' ? codes : rows, graph].filter((one) => one !== undefined);
}
