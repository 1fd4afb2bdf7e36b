import { stemmer } from '@orama/stemmers/english';
import type { Peer } from './peer.js';

/** Lucene's English stop words. */
const STOP_WORDS = new Set(
  (
    'a an and are as at be but by for if in into is it no not of on or such that the their then there these they ' +
    'this to was will with'
  ).split(' '),
);

/** Anserini's defaults (Yang, Fang & Lin 2018). */
const K1 = 0.9;
const B = 0.4;

/** Lower case, words of letters and digits, stop words out, Porter's stemmer. */
function analyse(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !STOP_WORDS.has(word)).map(stemmer);
}

/**
 * BM25 as Lucene scores it (Robertson et al. 1994): sum over the query's terms of
 * ln(1 + (N - n + .5) / (n + .5)) · f / (f + k1 · (1 - b + b · length / average length)).
 */
export class Bm25 {
  readonly #postings = new Map<string, [document: number, frequency: number][]>();
  readonly #lengths: number[] = [];

  constructor(documents: readonly string[]) {
    for (const [document, text] of documents.entries()) {
      const frequencies = new Map<string, number>();
      const terms = analyse(text);
      for (const term of terms) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
      for (const [term, frequency] of frequencies) {
        let postings = this.#postings.get(term);
        if (!postings) this.#postings.set(term, (postings = []));
        postings.push([document, frequency]);
      }
      this.#lengths.push(terms.length);
    }
  }

  /** Documents that have a term of the query, by their numbers, best first. */
  search(query: string): { document: number; score: number }[] {
    const count = this.#lengths.length;
    const average = this.#lengths.reduce((sum, length) => sum + length, 0) / count;
    const scores = new Map<number, number>();
    for (const term of analyse(query)) {
      const postings = this.#postings.get(term) ?? [];
      const idf = Math.log(1 + (count - postings.length + 0.5) / (postings.length + 0.5));
      for (const [document, frequency] of postings) {
        const norm = K1 * (1 - B + (B * this.#lengths[document]!) / average);
        scores.set(document, (scores.get(document) ?? 0) + (idf * frequency) / (frequency + norm));
      }
    }
    return [...scores]
      .map(([document, score]) => ({ document, score }))
      .sort((left, right) => right.score - left.score || left.document - right.document);
  }
}

/** No product but the yardstick that papers compare with, over title, headings and text as one. */
export const bm25: Peer = {
  name: 'BM25 (reference)',
  package: '@orama/stemmers',
  note: "Lucene's formula with k1 .9, b .4, Porter's stemmer and stop words; one field",
  async build(sections) {
    const index = new Bm25(sections.map(({ title, trail, text }) => [title, ...trail, text].join('\n')));
    return {
      search: async (query, limit) =>
        index
          .search(query)
          .slice(0, limit)
          .map(({ document }) => sections[document]!.id),
      serialise: async () => '',
    };
  },
};
