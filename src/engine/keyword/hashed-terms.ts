import type { ByteReader } from '../index-file/bytes.js';

/** Marks an exact title; no compound has it. */
export const TITLE_MARK = '=';

/**
 * Compounds (`package.json`) and exact titles are only looked up whole, so the index has a hash of each in place of its
 * letters. Words are spelt out: they complete unfinished ones and correct misspelt ones.
 */
export function isHashed(term: string): boolean {
  return /[^\p{L}\p{N}\p{M}]/u.test(term);
}

/** Terms of a bucket, on average, at most; one of 65,536 hashes tells a term from the others of its bucket. */
const PER_BUCKET = 8;

/** How many buckets so many terms are in: a power of two. */
export function bucketsFor(terms: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(terms / PER_BUCKET)));
}

/** A term's bucket, and its hash within: FNV-1a, and a last step that spreads it. */
export function hashOf(term: string, seed: number, buckets: number): { bucket: number; hash: number } {
  let hash = seed;
  for (let at = 0; at < term.length; at++) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return { bucket: (hash >>> 16) % buckets, hash: hash & 0xffff };
}

/** Hashes as they lie in a file. */
export class HashedTerms {
  /** Behind each bucket's last term. */
  readonly #ends: Uint32Array;
  readonly #hashes: Uint8Array;

  /** @param length how many terms there are */
  constructor(
    reader: ByteReader,
    readonly length: number,
    readonly seed: number,
  ) {
    this.#ends = reader.varints(bucketsFor(length));
    for (let bucket = 1; bucket < this.#ends.length; bucket++) this.#ends[bucket]! += this.#ends[bucket - 1]!;
    this.#hashes = reader.raw(length * 2);
  }

  /** A term's place; -1 where it is not there. One in thousands of those that are not has another's. */
  indexOf(term: string): number {
    const { bucket, hash } = hashOf(term, this.seed, this.#ends.length);
    for (let at = this.#ends[bucket - 1] ?? 0; at < Math.min(this.#ends[bucket]!, this.length); at++)
      if (this.#hashes[at * 2]! + this.#hashes[at * 2 + 1]! * 256 === hash) return at;
    return -1;
  }
}
