import { ByteReader, ByteWriter, damagedFile } from '../index-file/bytes.js';

/**
 * Which pages have each value of a filter:
 *
 *   "SLF1" | pages of the whole index u32 | values u32
 *   per value, in the order of the texts: bytes varint | UTF-8 | number of pages varint | for each of them, how many pages
 *   were skipped since the one before, varint
 */
const TAG = 'SLF1';
/** In UTF-8 bytes; the indexer takes no longer ones. */
const LONGEST_VALUE = 1000;

/** The pages that have each value, by number, in rising order. */
export type FilterValues = ReadonlyMap<string, Uint32Array>;

export function writeFilterFile(
  values: ReadonlyMap<string, readonly number[]>,
  pages: number,
): Uint8Array<ArrayBuffer> {
  const file = new ByteWriter();
  file.tag(TAG);
  file.u32(pages);
  file.u32(values.size);
  for (const value of [...values.keys()].sort()) {
    const text = new TextEncoder().encode(value);
    const having = values.get(value)!;
    file.varint(text.length);
    file.raw(text);
    file.varint(having.length);
    having.forEach((page, at) => file.varint(at === 0 ? page : page - having[at - 1]! - 1));
  }
  return file.finish();
}

/**
 * Reads a filter file.
 * @param pages how many pages the index has
 * @throws SearchError `damaged-file`
 */
export function readFilterFile(bytes: Uint8Array, name: string, pages: number): FilterValues {
  const reader = new ByteReader(bytes, name);
  reader.tag(TAG);
  const claimed = reader.u32();
  if (claimed !== pages)
    throw damagedFile(name, `it is of an index of ${claimed} pages where the manifest says ${pages}`);
  const count = reader.u32();
  const values = new Map<string, Uint32Array>();
  for (let read = 0; read < count; read++) {
    const length = reader.varint();
    if (length > LONGEST_VALUE) throw damagedFile(name, `a value claims ${length} bytes`);
    const value = new TextDecoder().decode(reader.raw(length));
    values.set(value, readPages(reader, name, pages));
  }
  if (values.size !== count) throw damagedFile(name, 'it has a value twice');
  if (reader.position !== bytes.length) throw damagedFile(name, 'something follows its last value');
  return values;
}

function readPages(reader: ByteReader, name: string, pages: number): Uint32Array {
  const count = reader.varint();
  if (count > pages) throw damagedFile(name, `a value claims ${count} of ${pages} pages`);
  const having = new Uint32Array(count);
  let page = -1;
  for (let at = 0; at < count; at++) {
    page += 1 + reader.varint();
    if (page >= pages) throw damagedFile(name, `it names page ${page} of ${pages}`);
    having[at] = page;
  }
  return having;
}
