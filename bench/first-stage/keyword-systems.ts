import { buildKeywords } from '../../src/engine/keyword/build-keywords.js';
import { english } from '../../src/engine/keyword/english.js';
import { KeywordShard } from '../../src/engine/keyword/keyword-shard.js';
import { searchKeywords } from '../../src/engine/keyword/search-keywords.js';
import { headingsOf, type Section } from '../peers/peer.js';
import { PEERS } from '../peers/peers.js';

/** A keyword index that is made at build time and opened in the browser. */
export interface KeywordSystem {
  name: string;
  ours: boolean;
  note: string;
  /** The npm package, if it is one. */
  package?: string;
  /** At build time: the file that a site ships. */
  serialise: (sections: readonly Section[]) => Promise<Uint8Array<ArrayBuffer> | string>;
  /** What else a site ships to show titles and headings, where the file has none. */
  beside?: (sections: readonly Section[]) => string;
  /** In the browser: from the file in memory to an index that answers. */
  load: (file: Uint8Array<ArrayBuffer>) => Promise<(query: string, limit: number) => Promise<unknown[]>>;
}

const secondLook: KeywordSystem = {
  name: 'second-look',
  ours: true,
  note: 'Its own file, searched in place; titles and headings, which it fetches when they are shown, are counted with it.',
  serialise: async (sections) =>
    buildKeywords(
      sections.map(({ title, trail, text }) => ({
        title,
        heading: trail.at(-1) ?? '',
        trail: trail.slice(0, -1).join('\n'),
        body: text,
      })),
      english,
      undefined,
      Infinity,
    )[0]!.bytes,
  beside: (sections) => JSON.stringify(sections.map(headingsOf)),
  load: async (file) => {
    const shard = new KeywordShard(file, 'keywords.bin');
    const keywords = { documents: shard.documents, shardsFor: async () => [shard] };
    return async (query, limit) => searchKeywords(keywords, english.analyseQuery(query), limit);
  },
};

const peers = PEERS.map(({ name, note, package: npmPackage, build, load }): KeywordSystem => ({
  name,
  ours: false,
  note,
  package: npmPackage,
  serialise: async (sections) => (await build(sections)).serialise(),
  load: (file) => load!(new TextDecoder().decode(file)),
}));

export const KEYWORD_SYSTEMS: readonly KeywordSystem[] = [secondLook, ...peers];
