import { decodedPath } from '../decoded-path.js';
import type { IndexedPassage } from '../index-file/passage-file.js';
import type { Analyser } from './analyse.js';
import { exactKey } from './exact-key.js';
import { FIELDS, type KeywordDocument } from './fields.js';
import { BM25F_DEFAULTS, type Bm25fOptions, impactOf } from './impact.js';
import { PostingList } from './posting-list.js';
import { type WrittenTerm, writeKeywordShard } from './write-keyword-shard.js';

/** A range of the dictionary, ready to be a file. */
export interface BuiltShard {
  /** Its first term. */
  first: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Keywords of this many bytes stay in one file; a visitor has them with one request. */
const ONE_FILE = 512 * 1024;
/** Size of a file where there are several, unless there would be too many. */
const SHARD_BYTES = 24 * 1024;
const MOST_SHARDS = 512;

/** The fields of a passage. An author's weight is quadratic: words of weight 2 count about 4 times. */
export function fieldsOf({ page, section, text, weight }: Omit<IndexedPassage, 'id'>): KeywordDocument {
  return {
    title: page.title,
    heading: section.trail.at(-1) ?? '',
    trail: section.trail.slice(0, -1).join('\n'),
    body: text,
    url: decodedPath(page.url),
    ...(weight !== undefined && { weight: weight ** 2 }),
  };
}

/** Builds the keyword index of passages in the order of their ids, as one file or cut into ranges of terms. */
export function buildKeywords(
  documents: Iterable<KeywordDocument>,
  analyser: Analyser,
  options: Bm25fOptions = BM25F_DEFAULTS,
  oneFile = ONE_FILE,
): BuiltShard[] {
  const collected = new Collected(analyser);
  for (const document of documents) collected.add(document);
  return cutIntoShards(collected.terms(options), collected.documents, oneFile);
}

/** Term counts of all passages, kept as bytes: a large site has tens of millions. */
class Collected {
  readonly #lists = new Map<string, PostingList>();
  readonly #lengths: number[][] = FIELDS.map(() => []);
  readonly #weights: number[] = [];
  readonly #exact = new Map<string, number[]>();

  constructor(readonly analyser: Analyser) {}

  get documents(): number {
    return this.#weights.length;
  }

  add(document: KeywordDocument): void {
    const id = this.#weights.length;
    this.#weights.push(document.weight ?? 1);
    const counts = new Map<string, number[]>();
    FIELDS.forEach((field, at) => {
      let length = 0;
      const words: string[] = [];
      for (const { term, whole } of this.analyser.tokens(document[field] ?? '')) {
        let ofTerm = counts.get(term);
        if (!ofTerm) counts.set(term, (ofTerm = FIELDS.map(() => 0)));
        ofTerm[at] = ofTerm[at]! + 1;
        if (whole) continue;
        length++;
        words.push(term);
      }
      this.#lengths[at]!.push(length);
      if (field === 'title' || field === 'heading') this.#addExact(id, words);
    });
    for (const [term, ofTerm] of counts) {
      let list = this.#lists.get(term);
      if (!list) this.#lists.set(term, (list = new PostingList()));
      list.add(id, ofTerm);
    }
  }

  #addExact(id: number, words: readonly string[]): void {
    const key = exactKey(words);
    if (key === undefined) return;
    const ids = this.#exact.get(key);
    if (!ids) this.#exact.set(key, [id]);
    else if (ids.at(-1) !== id) ids.push(id);
  }

  /** All terms in order, with what each adds to each passage's score. */
  *terms(options: Bm25fOptions): Generator<WrittenTerm> {
    const averages = this.#lengths.map(
      (lengths) => lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length) || 1,
    );
    const relative = FIELDS.map(() => 0);
    for (const term of [...this.#lists.keys(), ...this.#exact.keys()].sort()) {
      const list = this.#lists.get(term);
      if (!list) {
        const documents = Uint32Array.from(this.#exact.get(term)!);
        yield { term, documents, impacts: new Uint8Array(documents.length) };
        continue;
      }
      const documents: number[] = [];
      const impacts: number[] = [];
      for (const { document, counts } of list.read()) {
        this.#lengths.forEach((lengths, field) => {
          relative[field] = lengths[document]! / averages[field]!;
        });
        documents.push(document);
        impacts.push(impactOf(counts, relative, this.#weights[document]!, options));
      }
      yield { term, documents: Uint32Array.from(documents), impacts: Uint8Array.from(impacts) };
    }
  }
}

function cutIntoShards(terms: Iterable<WrittenTerm>, documents: number, oneFile: number): BuiltShard[] {
  // Terms of one file's size at a time: all of them at once would take a large site's memory twice.
  const pieces: { first: string; terms: WrittenTerm[]; bytes: number }[] = [];
  let total = 0;
  for (const term of terms) {
    const bytes = term.term.length + term.impacts.length * 2;
    const last = pieces.at(-1);
    if (!last || last.bytes > SHARD_BYTES) pieces.push({ first: term.term, terms: [term], bytes });
    else {
      last.terms.push(term);
      last.bytes += bytes;
    }
    total += bytes;
  }
  const together = total <= oneFile ? Math.max(1, pieces.length) : Math.ceil(pieces.length / MOST_SHARDS);
  const shards: BuiltShard[] = [];
  for (let at = 0; at < pieces.length; at += together) {
    const group = pieces.slice(at, at + together);
    const written = group.flatMap((piece) => piece.terms);
    shards.push({ first: group[0]!.first, bytes: writeKeywordShard(written, documents) });
  }
  return shards.length > 0 ? shards : [{ first: '', bytes: writeKeywordShard([], documents) }];
}
