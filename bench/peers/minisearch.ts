import { stemmer } from '@orama/stemmers/english';
import MiniSearch, { type Options } from 'minisearch';
import { STOP_WORDS } from '../../src/engine/keyword/stop-words.js';
import type { Peer, PeerIndex, Section } from './peer.js';

/** A section as MiniSearch gets it. */
type Document = Record<'id' | 'title' | 'titles' | 'text', string>;

interface Setting {
  name: string;
  note: string;
  documentOf: (section: Section) => Document;
  options?: Partial<Options<Document>>;
}

function minisearch({ name, note, documentOf, options }: Setting): Peer {
  const settings: Options<Document> = {
    fields: ['title', 'titles', 'text'],
    storeFields: ['title', 'titles'],
    ...options,
  };
  return {
    name,
    package: 'minisearch',
    note,
    async build(sections) {
      const index = new MiniSearch<Document>(settings);
      index.addAll(sections.map(documentOf));
      return { search: searchOf(index), serialise: async () => JSON.stringify(index) };
    },
    load: async (text) => searchOf(MiniSearch.loadJSON<Document>(text, settings)),
  };
}

function searchOf(index: MiniSearch<Document>): PeerIndex['search'] {
  return async (query, limit) =>
    index
      .search(query)
      .slice(0, limit)
      .map(({ id }) => String(id));
}

/** The page's title, the headings below it, the text. */
function byPage({ id, title, trail, text }: Section): Document {
  return { id, title, titles: trail.join(' '), text };
}

/** As VitePress has it: the section's own heading is the title, `titles` are those above it. */
function byHeading({ id, title, trail, text }: Section): Document {
  const headings = [title, ...trail];
  return { id, title: headings.at(-1)!, titles: headings.slice(0, -1).join(' '), text };
}

const withDefaults = minisearch({
  name: 'MiniSearch',
  note: 'defaults; fields: title, headings, text',
  documentOf: byPage,
});

const asInVitePress = minisearch({
  name: 'MiniSearch, as VitePress has it',
  note: 'prefix, fuzzy .2; boosts: heading 4, text 2, headings above 1',
  documentOf: byHeading,
  options: { searchOptions: { prefix: true, fuzzy: 0.2, boost: { title: 4, text: 2, titles: 1 } } },
});

const stemmed = minisearch({
  name: 'MiniSearch, stemmed',
  note: "by processTerm: Porter's stemmer, second-look's stop words; title boosted by 2, prefixes of the last word",
  documentOf: byPage,
  options: {
    processTerm: (term) => {
      const word = term.toLowerCase();
      return STOP_WORDS.has(word) ? null : stemmer(word);
    },
    searchOptions: { boost: { title: 2 }, prefix: (_, at, terms) => at === terms.length - 1 },
  },
});

export const MINISEARCH = [withDefaults, asInVitePress, stemmed];
