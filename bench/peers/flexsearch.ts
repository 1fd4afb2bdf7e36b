import { Charset, Document, Encoder, Index } from 'flexsearch';
import english from 'flexsearch/lang/en';
import { headingsOf, type Peer, type Section } from './peer.js';

/** Its docs' formula for the resolution, 2 · √length, of a section of a thousand letters. */
const RESOLUTION = 60;

const byField: Peer = flexsearch({
  name: 'FlexSearch, fields',
  note: 'Document of title, headings and text, merged; forward, LatinBalance, suggestions',
  create() {
    const index = new Document({
      tokenize: 'forward',
      encoder: Charset.LatinBalance,
      document: { id: 'number', index: ['title', 'headings', 'text'] },
    });
    return {
      index,
      add: (number, { title, trail, text }) => index.add({ number, title, headings: trail.join(' '), text }),
      search: (query, limit) =>
        index
          .search(query, { limit, suggest: true, merge: true })
          // The limit is of each field.
          .slice(0, limit)
          .map(({ id }) => Number(id)),
    };
  },
});

const asOne: Peer = flexsearch({
  name: 'FlexSearch',
  note: `title, headings and text as one; forward, its English encoder, suggestions, resolution ${RESOLUTION}`,
  create() {
    const index = new Index({ tokenize: 'forward', encoder: new Encoder(english), resolution: RESOLUTION });
    return {
      index,
      add: (number, { title, trail, text }) => index.add(number, [title, ...trail, text].join('\n')),
      search: (query, limit) => index.search(query, { limit, suggest: true }).map(Number),
    };
  },
});

interface Setting {
  name: string;
  note: string;
  create: () => {
    index: Pick<Index, 'export' | 'import'>;
    /** Its docs want numbers for ids. */
    add: (number: number, section: Section) => unknown;
    search: (query: string, limit: number) => number[];
  };
}

/** What a site ships: the index in parts, and the headings that it does not keep. */
interface Serialised {
  parts: Record<string, string>;
  headings: string[][];
}

function flexsearch({ name, note, create }: Setting): Peer {
  return {
    name,
    package: 'flexsearch',
    note,
    async build(sections) {
      const { index, add, search } = create();
      for (const [number, section] of sections.entries()) add(number, section);
      return {
        search: async (query, limit) => search(query, limit).map((number) => sections[number]!.id),
        async serialise() {
          const parts: Record<string, string> = {};
          index.export((key, data) => {
            parts[key] = data;
          });
          return JSON.stringify({ parts, headings: sections.map(headingsOf) } satisfies Serialised);
        },
      };
    },
    async load(text) {
      const { parts, headings } = JSON.parse(text) as Serialised;
      const { index, search } = create();
      for (const [key, data] of Object.entries(parts)) index.import(key, data);
      return async (query, limit) => search(query, limit).map((number) => headings[number]![0]!);
    },
  };
}

export const FLEXSEARCH = [asOne, byField];
