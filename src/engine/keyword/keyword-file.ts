import { ByteReader, ByteWriter, damagedFile } from '../index-file/bytes.js';

/**
 * The keyword index as a file, searched in place: nothing is parsed on load but a fixed header.
 *
 *   "SLK1" | documents u32 | terms u32 | blocks u32 | dictionary bytes u32 | postings bytes u32
 *   per field: average length f32
 *   per field: one length byte a document (see lengthByte)
 *   per block of 16 terms: offset into the dictionary u32, offset into the postings u32
 *   dictionary: terms in code-unit order, front-coded within a block:
 *     shared bytes varint | suffix bytes varint | suffix | document frequency varint | posting bytes varint
 *   postings, a document at a time:
 *     (documents skipped × 16 + fields that have the term) varint | occurrences in each such field varint
 */
export const FIELDS = ['title', 'heading', 'trail', 'body'] as const;

/** Something for each field, in the order of FIELDS. */
export type PerField = [title: number, heading: number, trail: number, body: number];

/** How often a term occurs in each field of one document. */
export interface Posting {
  document: number;
  counts: PerField;
}

const TAG = 'SLK1';
const BLOCK_TERMS = 16;
const MOST_DOCUMENTS = 2 ** 27;

/** A field's length in one byte: a byte of its own for each length to 22 terms, then steps of about 4 %. */
export function lengthByte(terms: number): number {
  return Math.min(255, Math.round(16 * Math.log2(1 + terms)));
}

/** The length that a byte stands for. */
export function lengthOfByte(byte: number): number {
  return 2 ** (byte / 16) - 1;
}

/** Everything that the file holds, in memory: what the builder hands over. */
export interface KeywordContents {
  /** Field lengths in terms, per field, one per document. */
  lengths: number[][];
  /** Each term's postings, in rising order of document. */
  postings: Map<string, Posting[]>;
}

/** Writes the file. */
export function writeKeywordFile(contents: KeywordContents): Uint8Array<ArrayBuffer> {
  const documents = contents.lengths[0]?.length ?? 0;
  const terms = [...contents.postings.keys()].sort();
  const dictionary = new ByteWriter();
  const postings = new ByteWriter();
  const blocks: [dictionaryOffset: number, postingsOffset: number][] = [];

  let previous: Uint8Array = new Uint8Array();
  terms.forEach((term, at) => {
    if (at % BLOCK_TERMS === 0) {
      blocks.push([dictionary.length, postings.length]);
      previous = new Uint8Array();
    }
    const list = contents.postings.get(term) ?? [];
    const before = postings.length;
    writePostings(postings, list);
    const bytes = new TextEncoder().encode(term);
    const shared = sharedLength(previous, bytes);
    dictionary.varint(shared);
    dictionary.varint(bytes.length - shared);
    dictionary.raw(bytes.subarray(shared));
    dictionary.varint(list.length);
    dictionary.varint(postings.length - before);
    previous = bytes;
  });

  const file = new ByteWriter();
  file.tag(TAG);
  for (const count of [documents, terms.length, blocks.length, dictionary.length, postings.length])
    file.u32(count);
  for (const lengths of contents.lengths)
    file.f32(lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, documents));
  for (const lengths of contents.lengths) file.raw(Uint8Array.from(lengths, lengthByte));
  for (const [dictionaryOffset, postingsOffset] of blocks) {
    file.u32(dictionaryOffset);
    file.u32(postingsOffset);
  }
  file.raw(dictionary.finish());
  file.raw(postings.finish());
  return file.finish();
}

function writePostings(out: ByteWriter, list: Posting[]): void {
  let previous = -1;
  for (const { document, counts } of list) {
    const fields = counts.reduce((mask, count, field) => (count > 0 ? mask | (1 << field) : mask), 0);
    out.varint((document - previous - 1) * 16 + fields);
    for (const count of counts) if (count > 0) out.varint(count);
    previous = document;
  }
}

function sharedLength(left: Uint8Array, right: Uint8Array): number {
  const most = Math.min(left.length, right.length);
  let shared = 0;
  while (shared < most && left[shared] === right[shared]) shared++;
  return shared;
}

/** A term of the dictionary and where its postings lie. */
export interface Entry {
  term: string;
  /** How many documents have the term. */
  frequency: number;
  postingsStart: number;
  postingsBytes: number;
}

/** The file opened for reading. */
export class KeywordFile {
  readonly documents: number;
  readonly averageLengths: number[];
  /** Length bytes, per field, one per document. */
  readonly lengthBytes: Uint8Array[];
  readonly #name: string;
  readonly #terms: number;
  readonly #blocks: Uint32Array;
  readonly #dictionary: Uint8Array;
  readonly #postings: Uint8Array;

  constructor(bytes: Uint8Array, name: string) {
    const reader = new ByteReader(bytes, name);
    reader.tag(TAG);
    this.#name = name;
    this.documents = reader.u32();
    if (this.documents > MOST_DOCUMENTS) throw damagedFile(name, `it claims ${this.documents} documents`);
    this.#terms = reader.u32();
    const blocks = reader.u32();
    const dictionaryBytes = reader.u32();
    const postingsBytes = reader.u32();
    if (blocks !== Math.ceil(this.#terms / BLOCK_TERMS))
      throw damagedFile(name, `it claims ${this.#terms} terms in ${blocks} blocks`);
    this.averageLengths = FIELDS.map(() => reader.f32());
    this.lengthBytes = FIELDS.map(() => reader.raw(this.documents));
    if (blocks * 8 > bytes.length) throw damagedFile(name, `it claims ${blocks} blocks`);
    this.#blocks = Uint32Array.from({ length: blocks * 2 }, () => reader.u32());
    this.#dictionary = reader.raw(dictionaryBytes);
    this.#postings = reader.raw(postingsBytes);
  }

  /** The entry of exactly this term. */
  find(term: string): Entry | undefined {
    for (const entry of this.from(term)) return entry.term === term ? entry : undefined;
    return undefined;
  }

  /** Entries in order, from the first that is not before `term`. */
  *from(term: string): Generator<Entry> {
    for (let block = this.#blockOf(term); block < this.#blocks.length / 2; block++)
      for (const entry of this.#entries(block)) if (entry.term >= term) yield entry;
  }

  /** A term's postings, checked against the number of documents. */
  *postings(entry: Entry): Generator<Posting> {
    const reader = new ByteReader(this.#postings, this.#name, entry.postingsStart);
    let document = -1;
    for (let read = 0; read < entry.frequency; read++) {
      const head = reader.varint();
      document += Math.floor(head / 16) + 1;
      if (document >= this.documents)
        throw damagedFile(
          this.#name,
          `the term "${entry.term}" points at document ${document} of ${this.documents}`,
        );
      yield {
        document,
        counts: [
          head & 1 ? reader.varint() : 0,
          head & 2 ? reader.varint() : 0,
          head & 4 ? reader.varint() : 0,
          head & 8 ? reader.varint() : 0,
        ],
      };
    }
  }

  /** The last block whose first term is not after `term`. */
  #blockOf(term: string): number {
    let low = 0;
    let high = this.#blocks.length / 2 - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const first = this.#entries(middle).next().value;
      if (first && first.term <= term) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  *#entries(block: number): Generator<Entry, undefined> {
    const reader = new ByteReader(this.#dictionary, this.#name, this.#blocks[block * 2]);
    let postingsStart = this.#blocks[block * 2 + 1] ?? 0;
    let previous: Uint8Array = new Uint8Array();
    const count = Math.min(BLOCK_TERMS, this.#terms - block * BLOCK_TERMS);
    for (let read = 0; read < count; read++) {
      const shared = reader.varint();
      if (shared > previous.length) throw damagedFile(this.#name, `a term in block ${block} shares too much`);
      const suffix = reader.raw(reader.varint());
      const bytes = new Uint8Array(shared + suffix.length);
      bytes.set(previous.subarray(0, shared));
      bytes.set(suffix, shared);
      const frequency = reader.varint();
      const postingsBytes = reader.varint();
      yield { term: new TextDecoder().decode(bytes), frequency, postingsStart, postingsBytes };
      postingsStart += postingsBytes;
      previous = bytes;
    }
    return undefined;
  }
}
