import { type AnyOrama, create, insert, load, save, search } from '@orama/orama';
import { STOP_WORDS } from '../../src/engine/keyword/stop-words.js';
import type { Peer, PeerIndex } from './peer.js';

const SCHEMA = { title: 'string', headings: 'string', text: 'string' } as const;

interface Tokenizer {
  language: 'english';
  stemming: true;
  stopWords: string[];
}

function orama(name: string, note: string, tokenizer?: Tokenizer): Peer {
  // Its exact type is too deep for the compiler.
  const empty = (): AnyOrama => create({ schema: SCHEMA, ...(tokenizer && { components: { tokenizer } }) });
  return {
    name,
    package: '@orama/orama',
    note,
    async build(sections) {
      const index = empty();
      for (const { id, title, trail, text } of sections)
        await insert(index, { id, title, headings: trail.join(' '), text });
      return { search: searchOf(index), serialise: async () => JSON.stringify(save(index)) };
    },
    async load(text) {
      const index = empty();
      load(index, JSON.parse(text) as Parameters<typeof load>[1]);
      return searchOf(index);
    },
  };
}

function searchOf(index: AnyOrama): PeerIndex['search'] {
  return async (query, limit) => {
    const { hits } = await search(index, { term: query, limit });
    return hits.map(({ id }) => id);
  };
}

export const ORAMA = [
  orama('Orama', 'defaults; fields: title, headings, text'),
  orama('Orama, stemmed', "its English stemmer, second-look's stop words; defaults for the rest", {
    language: 'english',
    stemming: true,
    stopWords: [...STOP_WORDS],
  }),
];
