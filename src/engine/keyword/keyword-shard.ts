import { ByteReader, damagedFile } from '../index-file/bytes.js';
import { codePostings, CONTEXTS, type PostingModel, type Postings } from './code-postings.js';
import { HashedTerms, isHashed, TITLE_MARK } from './hashed-terms.js';
import { lowerBound } from '../lower-bound.js';
import { PROBABILITY_BITS, RangeDecoder } from './range-decoder.js';

/**
 * A range of the dictionary with its postings:
 *
 *   "SLK3" | u32: documents of the whole index, words, compounds, titles, seed of the hashes, usual impacts
 *   words in order, front-coded: varints of the letters shared with the one before; of those that follow;
 *     bytes of the letters u32; the letters that follow
 *   for the compounds, then the titles: varints of the terms in each bucket; their hashes, u16
 *   document frequencies of all terms, varints
 *   usual impacts u8: one for each document, or one for all
 *   how likely a 0 is in each context of the postings, of 256, u8
 *   bytes of each block, varints; the blocks
 *
 * A block has the postings of terms that follow each other, so many as make BLOCK_POSTINGS together, range-coded. It is
 * decoded when one of its terms is first asked for.
 */
export const SHARD_TAG = 'SLK3';
export const BLOCK_POSTINGS = 1024;

/** A bit takes .011 bits at least, as near to certain as a probability comes. */
const MOST_PER_BYTE = 1000;

/** A term of the dictionary. */
export interface Entry {
  /** Its place in the shard. */
  at: number;
  term: string;
  /** How many documents have the term. */
  frequency: number;
}

/** Terms whose postings are coded together. */
interface Block {
  /** Where its bytes lie. */
  start: number;
  end: number;
  /** Its terms, and how many postings they have. */
  first: number;
  terms: number;
  postings: number;
  decoded?: Postings;
}

/** What contexts begin with. */
export function probabilitiesOf(priors: Uint8Array): Uint16Array {
  const unit = 2 ** (PROBABILITY_BITS - 8);
  return Uint16Array.from(priors, (prior) => prior * unit + unit / 2);
}

/** A shard opened for reading. */
export class KeywordShard {
  /** How many the whole index has: no posting names another. */
  readonly documents: number;
  /** All terms that are spelt out, in order. */
  readonly words: readonly string[];
  readonly #compounds: HashedTerms;
  readonly #titles: HashedTerms;
  readonly #frequencies: Uint32Array;
  readonly #blocks: Block[];
  readonly #model: PostingModel;
  readonly #priors: Uint8Array;

  /** @throws SearchError `damaged-file` that names the file */
  constructor(
    readonly bytes: Uint8Array,
    readonly name: string,
  ) {
    const reader = new ByteReader(bytes, name);
    reader.tag(SHARD_TAG);
    const numbers = Array.from({ length: 6 }, () => reader.u32());
    const [documents = 0, words = 0, compounds = 0, titles = 0, seed = 0, usual = 0] = numbers;
    const terms = words + compounds + titles;
    if (terms > bytes.length) throw damagedFile(name, `it claims ${terms} terms`);
    this.documents = documents;
    this.words = readWords(reader, words);
    this.#compounds = new HashedTerms(reader, compounds, seed);
    this.#titles = new HashedTerms(reader, titles, seed);
    this.#frequencies = reader.varints(terms);
    this.#model = { documents, usual: reader.raw(usual) };
    this.#priors = reader.raw(CONTEXTS);
    this.#blocks = readBlocks(reader, this.#frequencies);
  }

  /** The entry of exactly this term. A compound or title that is not there may be taken for another, one in thousands. */
  find(term: string): Entry | undefined {
    const at = this.#indexOf(term);
    return at < 0 ? undefined : this.entry(at, term);
  }

  /** The place of the first word that is not before `text`. */
  wordFrom(text: string): number {
    return lowerBound(this.words.length, (at) => this.words[at]! < text);
  }

  /** The entry at a place, a word's as it is spelt. */
  entry(at: number, term = this.words[at]!): Entry {
    return { at, term, frequency: this.#frequencies[at]! };
  }

  /** A term's postings. */
  postings({ at, frequency }: Entry): Postings {
    const block =
      this.#blocks[lowerBound(this.#blocks.length, (place) => this.#blocks[place]!.first <= at) - 1]!;
    block.decoded ??= this.#decode(block);
    let start = 0;
    for (let term = block.first; term < at; term++) start += this.#frequencies[term]!;
    const { documents, impacts } = block.decoded;
    return {
      documents: documents.subarray(start, start + frequency),
      impacts: impacts.subarray(start, start + frequency),
    };
  }

  #indexOf(term: string): number {
    if (!isHashed(term)) {
      const at = this.wordFrom(term);
      return this.words[at] === term ? at : -1;
    }
    const isTitle = term.includes(TITLE_MARK);
    const at = (isTitle ? this.#titles : this.#compounds).indexOf(term);
    return at < 0 ? at : at + this.words.length + (isTitle ? this.#compounds.length : 0);
  }

  #decode({ start, end, first, terms, postings }: Block): Postings {
    const coder = new RangeDecoder(probabilitiesOf(this.#priors), this.bytes.subarray(start, end));
    const decoded = { documents: new Uint32Array(postings), impacts: new Uint8Array(postings) };
    const scored = this.words.length + this.#compounds.length;
    let at = 0;
    for (let term = first; term < first + terms; term++) {
      const next = at + this.#frequencies[term]!;
      const last = codePostings(coder, decoded, [at, next], this.#model, term < scored);
      if (last >= this.documents)
        throw damagedFile(this.name, `its term ${term} points at document ${last} of ${this.documents}`);
      at = next;
    }
    return decoded;
  }
}

function readWords(reader: ByteReader, count: number): string[] {
  const shared = reader.varints(count);
  const added = reader.varints(count);
  const letters = new TextDecoder().decode(reader.raw(reader.u32()));
  let word = '';
  let at = 0;
  const words: string[] = [];
  for (let index = 0; index < count; index++) {
    word = word.slice(0, shared[index]) + letters.slice(at, (at += added[index]!));
    words.push(word);
  }
  return words;
}

function readBlocks(reader: ByteReader, frequencies: Uint32Array): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  frequencies.forEach((frequency, term) => {
    if (!open || open.postings >= BLOCK_POSTINGS)
      blocks.push((open = { start: 0, end: 0, first: term, terms: 0, postings: 0 }));
    open.terms++;
    open.postings += frequency;
  });
  const lengths = reader.varints(blocks.length);
  for (const [at, block] of blocks.entries()) {
    block.start = reader.position;
    block.end = block.start + reader.raw(lengths[at]!).length;
    if (block.postings > MOST_PER_BYTE * (block.end - block.start + 4))
      throw damagedFile(reader.file, `a block claims ${block.postings} postings`);
  }
  return blocks;
}
