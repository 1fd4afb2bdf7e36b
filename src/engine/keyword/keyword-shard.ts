import { ByteReader, ByteWriter, damagedFile } from '../index-file/bytes.js';

/**
 * A range of the dictionary with its postings, searched in place: nothing is parsed on load but a fixed header.
 *
 *   "SLK2" | documents of the whole index u32 | terms u32 | dictionary bytes u32 | postings bytes u32
 *   per block of 16 terms: offset into the dictionary u32, offset into the postings u32
 *   dictionary: terms in the order of their UTF-8 bytes, front-coded within a block:
 *     shared bytes varint | suffix bytes varint | suffix | document frequency varint | bytes of the gaps varint
 *   postings of a term: for each document how many were skipped since the one before, varint; then for each its impact, u8
 */
const TAG = 'SLK2';
const BLOCK_TERMS = 16;
/** In UTF-8 bytes; the indexer cuts no longer ones. */
const LONGEST_TERM = 1000;

/** A term of the dictionary and where its postings lie. */
export interface Entry {
  term: string;
  /** How many documents have the term. */
  frequency: number;
  start: number;
  gapBytes: number;
}

/** Documents that have a term, in rising order, and what the term adds to each one's score. */
export interface Postings {
  documents: Uint32Array;
  impacts: Uint8Array;
}

/** A term and its postings as they are written. */
export interface WrittenTerm {
  /** UTF-8. */
  term: Uint8Array;
  documents: ArrayLike<number>;
  impacts: Uint8Array;
}

/**
 * Writes a shard of terms that are in order.
 * @param documents how many the whole index has
 */
export function writeKeywordShard(terms: readonly WrittenTerm[], documents: number): Uint8Array<ArrayBuffer> {
  const dictionary = new ByteWriter();
  const postings = new ByteWriter();
  const blocks = new ByteWriter();
  let previous: Uint8Array = new Uint8Array();
  terms.forEach(({ term, documents, impacts }, at) => {
    if (at % BLOCK_TERMS === 0) {
      blocks.u32(dictionary.length);
      blocks.u32(postings.length);
      previous = new Uint8Array();
    }
    const shared = sharedLength(previous, term);
    const before = postings.length;
    for (let i = 0; i < documents.length; i++)
      postings.varint(documents[i]! - (i === 0 ? -1 : documents[i - 1]!) - 1);
    dictionary.varint(shared);
    dictionary.varint(term.length - shared);
    dictionary.raw(term.subarray(shared));
    dictionary.varint(documents.length);
    dictionary.varint(postings.length - before);
    postings.raw(impacts);
    previous = term;
  });
  const file = new ByteWriter();
  file.tag(TAG);
  for (const count of [documents, terms.length, dictionary.length, postings.length]) file.u32(count);
  for (const part of [blocks, dictionary, postings]) file.raw(part.finish());
  return file.finish();
}

function sharedLength(left: Uint8Array, right: Uint8Array): number {
  const most = Math.min(left.length, right.length);
  let shared = 0;
  while (shared < most && left[shared] === right[shared]) shared++;
  return shared;
}

/** Order of two terms by their UTF-8 bytes: below, at or above 0. */
export function compareTerms(left: Uint8Array, right: Uint8Array): number {
  const shared = sharedLength(left, right);
  return (left[shared] ?? -1) - (right[shared] ?? -1);
}

/** A shard opened for reading. */
export class KeywordShard {
  readonly terms: number;
  /** How many the whole index has: no posting names another. */
  readonly documents: number;
  readonly #name: string;
  readonly #blocks: Uint32Array;
  readonly #dictionary: Uint8Array;
  readonly #postings: Uint8Array;

  constructor(bytes: Uint8Array, name: string) {
    const reader = new ByteReader(bytes, name);
    reader.tag(TAG);
    this.#name = name;
    this.documents = reader.u32();
    this.terms = reader.u32();
    const dictionaryBytes = reader.u32();
    const postingsBytes = reader.u32();
    const blocks = Math.ceil(this.terms / BLOCK_TERMS);
    if (blocks * 8 > bytes.length) throw damagedFile(name, `it claims ${this.terms} terms`);
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
    const wanted = new TextEncoder().encode(term);
    for (let block = this.#blockOf(wanted); block < this.#blocks.length / 2; block++)
      yield* this.#entries(block, wanted);
  }

  /** A term's postings, checked against the number of documents. */
  postings({ term, frequency, start, gapBytes }: Entry): Postings {
    const bytes = this.#postings;
    const end = start + gapBytes;
    if (frequency > this.documents || end + frequency > bytes.length)
      throw damagedFile(this.#name, `the term "${term}" claims ${frequency} postings`);
    const documents = new Uint32Array(frequency);
    let document = -1;
    let at = start;
    for (let read = 0; read < frequency; read++) {
      let gap = 0;
      let unit = 1;
      let byte = 128;
      while (byte > 127 && at < end && unit < 2 ** 35) {
        byte = bytes[at++]!;
        gap += (byte & 127) * unit;
        unit *= 128;
      }
      document += gap + 1;
      if (byte > 127 || document >= this.documents)
        throw damagedFile(
          this.#name,
          `the term "${term}" points at document ${document} of ${this.documents}`,
        );
      documents[read] = document;
    }
    return { documents, impacts: bytes.subarray(end, end + frequency) };
  }

  /** The last block whose first term is not after `wanted`. */
  #blockOf(wanted: Uint8Array): number {
    let low = 0;
    let high = this.#blocks.length / 2 - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const reader = new ByteReader(this.#dictionary, this.#name, this.#blocks[middle * 2]);
      reader.varint();
      if (compareTerms(reader.raw(reader.varint()), wanted) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** A block's entries from the first that is not before `wanted`. */
  *#entries(block: number, wanted: Uint8Array): Generator<Entry> {
    const reader = new ByteReader(this.#dictionary, this.#name, this.#blocks[block * 2]);
    let start = this.#blocks[block * 2 + 1] ?? 0;
    const term = new Uint8Array(LONGEST_TERM);
    const count = Math.min(BLOCK_TERMS, this.terms - block * BLOCK_TERMS);
    let length = 0;
    for (let read = 0; read < count; read++) {
      const shared = reader.varint();
      const suffix = reader.raw(reader.varint());
      if (shared > length || shared + suffix.length > LONGEST_TERM)
        throw damagedFile(this.#name, `a term in block ${block} is too long`);
      term.set(suffix, shared);
      length = shared + suffix.length;
      const frequency = reader.varint();
      const gapBytes = reader.varint();
      const bytes = term.subarray(0, length);
      if (compareTerms(bytes, wanted) >= 0) yield { term: decoder.decode(bytes), frequency, start, gapBytes };
      start += gapBytes + frequency;
    }
  }
}

const decoder = new TextDecoder();
