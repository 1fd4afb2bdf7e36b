import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../indexer/package-root.js';
import { passagesOf } from '../../indexer/passages-of.js';
import { readSite } from '../../indexer/read-site.js';
import type { Passage } from '../index-file/passage-file.js';
import { english } from './english.js';
import { keywordsOf } from '../../testing/keywords.js';
import { fieldsOf } from './build-keywords.js';
import { searchKeywords } from './search-keywords.js';

describe("npm's manual", () => {
  let passages: Passage[];
  let queries: { text: string; section: Passage['section'] }[];
  beforeAll(async () => {
    const { pages } = await readSite(join(PACKAGE_ROOT, 'node_modules/npm/docs/output'), {
      include: ['using-npm/*.html', 'configuring-npm/package-json.html'],
      exclude: ['using-npm/config.html'],
      maxPageBytes: 1e7,
    });
    const count = (text: string): number => text.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)?.length ?? 0;
    passages = passagesOf(pages, { maxTokens: 128, count, language: 'en' });
    queries = headingQueries(passages, 20);
  });

  /** Headings of several words that one section alone has, spread over the site. */
  function headingQueries(all: readonly Passage[], most: number): typeof queries {
    const sections = [...new Set(all.map(({ section }) => section))];
    const headings = sections.map(({ trail }) => trail.at(-1) ?? '');
    const single = sections.flatMap((section, at) => {
      const text = headings[at]!;
      return text.includes(' ') && headings.indexOf(text) === headings.lastIndexOf(text)
        ? [{ text, section }]
        : [];
    });
    return single.filter((_, at) => at % Math.floor(single.length / most) === 0).slice(0, most);
  }

  it.each([0, Infinity])('is searched by its headings no worse than MiniSearch does it', async (oneFile) => {
    expect(passages.length).toBeGreaterThan(150);
    expect(queries).toHaveLength(20);
    const { store } = await keywordsOf(passages.map(fieldsOf), { oneFile });
    const peer = new MiniSearch({ fields: ['title', 'heading', 'trail', 'body'] });
    peer.addAll(passages.map((passage) => ({ id: passage.id, ...fieldsOf(passage) })));
    const hits = { ours: 0, theirs: 0 };
    for (const { text, section } of queries) {
      const found = (ids: number[]): number => Number(ids.some((id) => passages[id]?.section === section));
      const ours = await searchKeywords(store, english.analyseQuery(text), 10);
      hits.ours += found(ours.map(({ passage }) => passage));
      const theirs = peer.search(text).slice(0, 10);
      hits.theirs += found(theirs.map(({ id }) => id as number));
    }
    expect(hits.ours).toBeGreaterThanOrEqual(Math.max(hits.theirs, 15));
  });
});
