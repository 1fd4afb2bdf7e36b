import { ByteReader, ByteWriter, damagedFile } from '../index-file/bytes.js';

/**
 * The place of each page in the order of a key:
 *
 *   "SLO1" | pages u32 | for each page: its rank from 1, equal values having the same, or 0 without a value, varint
 */
const TAG = 'SLO1';

/** Writes the ranks of all pages. */
export function writeSortFile(ranks: readonly number[]): Uint8Array<ArrayBuffer> {
  const file = new ByteWriter();
  file.tag(TAG);
  file.u32(ranks.length);
  for (const rank of ranks) file.varint(rank);
  return file.finish();
}

/**
 * Reads a sort file: the rank of each page.
 * @param pages how many pages the index has
 * @throws SearchError `damaged-file`
 */
export function readSortFile(bytes: Uint8Array, name: string, pages: number): Uint32Array {
  const reader = new ByteReader(bytes, name);
  reader.tag(TAG);
  const claimed = reader.u32();
  if (claimed !== pages)
    throw damagedFile(name, `it is of an index of ${claimed} pages where the manifest says ${pages}`);
  const ranks = Uint32Array.from({ length: pages }, () => {
    const rank = reader.varint();
    if (rank > pages) throw damagedFile(name, `it has rank ${rank} of ${pages}`);
    return rank;
  });
  if (reader.position !== bytes.length) throw damagedFile(name, 'something follows its last rank');
  return ranks;
}
