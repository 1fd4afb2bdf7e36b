import lunr from 'lunr';
import { headingsOf, type Peer, type PeerIndex } from './peer.js';

/** What has a meaning in lunr's query language: fields, wildcards, boosts, fuzziness, presence. */
const OPERATORS = /[:*^~+\-\\]/g;

function lunrWith(name: string, note: string, bm25?: { k1: number; b: number }): Peer {
  return {
    name,
    package: 'lunr',
    note,
    async build(sections) {
      const index = lunr((builder) => {
        if (bm25) {
          builder.k1(bm25.k1);
          builder.b(bm25.b);
        }
        builder.ref('id');
        for (const field of ['title', 'headings', 'text']) builder.field(field);
        for (const { id, title, trail, text } of sections)
          builder.add({ id, title, headings: trail.join(' '), text });
      });
      return {
        search: searchOf(index),
        serialise: async () => JSON.stringify({ index, headings: sections.map(headingsOf) }),
      };
    },
    load: async (text) => searchOf(lunr.Index.load((JSON.parse(text) as { index: object }).index)),
  };
}

function searchOf(index: lunr.Index): PeerIndex['search'] {
  // A space instead of an operator: its tokenizer splits at hyphens, and elsewhere they are no part of words.
  return async (query, limit) =>
    index
      .search(query.replace(OPERATORS, ' '))
      .slice(0, limit)
      .map(({ ref }) => ref);
}

export const LUNR = [
  lunrWith('lunr', 'defaults, with its stemmer and stop words; fields: title, headings, text'),
  lunrWith('lunr, k1 .9, b .4', 'the same with the parameters of the reference', { k1: 0.9, b: 0.4 }),
];
