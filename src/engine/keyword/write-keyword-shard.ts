import { ByteWriter } from '../index-file/bytes.js';
import { codePostings, CONTEXTS, type PostingModel } from './code-postings.js';
import { bucketsFor, hashOf, isHashed, TITLE_MARK } from './hashed-terms.js';
import { HIGHEST_IMPACT } from './impact.js';
import { BLOCK_POSTINGS, probabilitiesOf, SHARD_TAG } from './keyword-shard.js';
import type { Coder } from './range-decoder.js';
import { RangeEncoder } from './range-encoder.js';

/** A term and its postings as they are written. */
export interface WrittenTerm {
  term: string;
  documents: Uint32Array;
  impacts: Uint8Array;
}

/** From so many postings for each document on, it pays to say what impact is usual in each. */
const PER_DOCUMENT = 4;

/**
 * Writes a shard of terms that are in order.
 * @param documents how many the whole index has
 */
export function writeKeywordShard(terms: readonly WrittenTerm[], documents: number): Uint8Array<ArrayBuffer> {
  const words = terms.filter(({ term }) => !isHashed(term));
  const titles = terms.filter(({ term }) => term.includes(TITLE_MARK));
  const compounds = terms.filter(({ term }) => isHashed(term) && !term.includes(TITLE_MARK));
  const hashed = hashTerms(compounds, titles);
  const ordered = [...words, ...hashed.terms];
  const model = {
    documents,
    usual: usualImpacts(ordered.slice(0, words.length + compounds.length), documents),
  };
  const scored = words.length + compounds.length;
  const priors = measurePriors(ordered, model, scored);
  const blocks = codeBlocks(ordered, model, scored, priors);

  const file = new ByteWriter();
  file.tag(SHARD_TAG);
  const counts = [documents, words.length, compounds.length, titles.length, hashed.seed, model.usual.length];
  for (const count of counts) file.u32(count);
  writeWords(file, words);
  file.raw(hashed.bytes);
  for (const { documents: having } of ordered) file.varint(having.length);
  file.raw(model.usual);
  file.raw(priors);
  for (const block of blocks) file.varint(block.length);
  for (const block of blocks) file.raw(block);
  return file.finish();
}

/** Front-coded: letters shared with the word before and letters that follow, each in a row, then those that follow. */
function writeWords(file: ByteWriter, words: readonly WrittenTerm[]): void {
  const shared = words.map(({ term }, at) => sharedLength(words[at - 1]?.term ?? '', term));
  for (const length of shared) file.varint(length);
  for (const [at, { term }] of words.entries()) file.varint(term.length - shared[at]!);
  const letters = new TextEncoder().encode(words.map(({ term }, at) => term.slice(shared[at])).join(''));
  file.u32(letters.length);
  file.raw(letters);
}

/** How many UTF-16 units two words have in common at the beginning, without half a character. */
function sharedLength(left: string, right: string): number {
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared]) shared++;
  return /[\ud800-\udbff]/.test(right[shared - 1] ?? '') ? shared - 1 : shared;
}

/** Puts terms into the order of their hashes, by the first seed that gives no two of them the same. */
function hashTerms(...lists: (readonly WrittenTerm[])[]): {
  seed: number;
  terms: WrittenTerm[];
  bytes: Uint8Array;
} {
  for (let seed = 0; ; seed++) {
    const file = new ByteWriter();
    const terms: WrittenTerm[] = [];
    if (lists.every((list) => writeHashes(file, terms, list, seed)))
      return { seed, terms, bytes: file.finish() };
  }
}

/** The number of terms in each bucket, then their hashes; false where two terms would be the same. */
function writeHashes(
  file: ByteWriter,
  ordered: WrittenTerm[],
  list: readonly WrittenTerm[],
  seed: number,
): boolean {
  const buckets = Array.from({ length: bucketsFor(list.length) }, () => new Map<number, WrittenTerm>());
  for (const term of list) {
    const { bucket, hash } = hashOf(term.term, seed, buckets.length);
    if (buckets[bucket]!.has(hash)) return false;
    buckets[bucket]!.set(hash, term);
  }
  for (const bucket of buckets) file.varint(bucket.size);
  for (const bucket of buckets)
    for (const [hash, term] of bucket) {
      file.u8(hash & 255);
      file.u8(hash >> 8);
      ordered.push(term);
    }
  return true;
}

/** The most frequent impact of each document, or of all where few terms are here. */
function usualImpacts(terms: readonly WrittenTerm[], documents: number): Uint8Array {
  const postings = terms.reduce((sum, { impacts }) => sum + impacts.length, 0);
  const rows = postings > documents * PER_DOCUMENT ? documents : 1;
  const levels = HIGHEST_IMPACT + 1;
  const counts = new Uint32Array(rows * levels);
  for (const term of terms)
    term.impacts.forEach((impact, at) => {
      counts[(rows === 1 ? 0 : term.documents[at]!) * levels + impact]!++;
    });
  return Uint8Array.from({ length: rows }, (_, row) => {
    const own = counts.subarray(row * levels, (row + 1) * levels);
    return own.indexOf(Math.max(...own));
  });
}

/** How likely a 0 is in each context, of 256, over all postings. */
function measurePriors(terms: readonly WrittenTerm[], model: PostingModel, scored: number): Uint8Array {
  const counts = [new Uint32Array(CONTEXTS), new Uint32Array(CONTEXTS)] as const;
  const counting: Coder = {
    bit(context, bit) {
      counts[bit === 0 ? 0 : 1][context]!++;
      return bit;
    },
    raw: (_, value) => value,
  };
  terms.forEach((term, at) => {
    codePostings(counting, term, [0, term.documents.length], model, at < scored);
  });
  return Uint8Array.from(counts[0], (zeros, context) =>
    Math.floor((256 * (zeros + 0.5)) / (zeros + counts[1][context]! + 1)),
  );
}

function codeBlocks(
  terms: readonly WrittenTerm[],
  model: PostingModel,
  scored: number,
  priors: Uint8Array,
): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  let postings = 0;
  let encoder: RangeEncoder | undefined;
  terms.forEach((term, at) => {
    encoder ??= new RangeEncoder(probabilitiesOf(priors));
    codePostings(encoder, term, [0, term.documents.length], model, at < scored);
    postings += term.documents.length;
    if (postings < BLOCK_POSTINGS && at < terms.length - 1) return;
    blocks.push(encoder.finish());
    encoder = undefined;
    postings = 0;
  });
  return blocks;
}
