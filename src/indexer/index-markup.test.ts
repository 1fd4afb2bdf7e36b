import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIndex, type SearchIndex } from '../engine/open-index.js';
import { search } from '../engine/search.js';
import type { SearchRequest, SearchUpdate } from '../engine/update.js';
import { folderSource } from './folder-source.js';
import { indexSite, type IndexSummary } from './index-site.js';

const SITE = {
  'guide/install.html': `<html lang="en" data-pagefind-filter="section:Guide"><head>
      <meta name="docsearch:version" content="1.0, 2.0">
      <meta property="og:image" content="../img/og.png" data-pagefind-default-meta="image[content]"></head>
    <body><main data-pagefind-body><h1>Installing</h1>
      <p data-pagefind-meta="author">Ada</p><p data-pagefind-sort="date:2024-05-01">Put the gadget on the shelf.</p>
      <div data-pagefind-ignore>Secret words, written by <b data-pagefind-filter="tag">hidden tag</b></div>
      <div id="faq" data-pagefind-title="Common questions"><p>Which shelf is it?</p></div></main></body></html>`,
  'guide/remove.html': `<body data-tag="careful" data-second-look-filter="tag[data-tag], section:Guide"><div data-pagefind-body>
      <h1>Removing</h1><p data-second-look-sort="date:2023-01-01">Take the gadget off the shelf.
      <img src="shelf.png" alt="An empty shelf" data-second-look-index-attrs="alt"></p></div>`,
  'api.html': `<head><meta name="docsearch:version" content="2.0"></head><body data-pagefind-filter="section:API">
      <article data-pagefind-body data-pagefind-weight="0.2"><h1>Reference</h1>
      <p data-pagefind-sort="date:2025-01-01">gadget gadget shelf gadget</p></article>`,
  'heavy.html': `<div data-pagefind-body><h1>Heavy</h1><p>${'Other things of no note. '.repeat(20)}</p>
      <p data-pagefind-weight="10">One gadget.</p></div>`,
  'unmarked.html': '<main><h1>Unmarked</h1><p>A gadget that is not to be found.</p></main>',
};

describe('a site with all that its markup can say', () => {
  let folder: string;
  let summary: IndexSummary;
  let index: SearchIndex;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'second-look-markup-'));
    for (const [path, html] of Object.entries(SITE)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), html);
    }
    summary = await indexSite(folder, { embedder: 'none', reranker: 'none', cache: false, script: false });
    index = await openIndex({ source: folderSource(summary.folder), models: { unavailable: 'None here.' } });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function last(request: SearchRequest): Promise<SearchUpdate> {
    const resolve = (url: string): string => `https://docs.test/${url}`;
    let update: SearchUpdate | undefined;
    for await (update of search(index, request, resolve));
    return update!;
  }
  const titles = ({ results }: SearchUpdate): string[] => results.map(({ title }) => title);

  it('says what it was given', () => {
    expect(summary).toMatchObject({
      pages: 4,
      skipped: [
        { file: 'unmarked.html', reason: expect.stringContaining('marks no main content') as string },
      ],
      warnings: [],
      filters: ['section', 'tag', 'version'],
      sorts: ['date'],
    });
  });

  it('filters', async () => {
    const found = async (filters: SearchRequest['filters']): Promise<string[]> =>
      titles(await last({ text: 'gadget', filters })).sort();
    expect(await found({ section: 'Guide' })).toEqual(['Installing', 'Removing']);
    expect(await found({ version: ['1.0', '2.0'] })).toEqual(['Installing', 'Reference']);
    expect(await found({ version: { all: ['1.0', '2.0'] }, section: { none: ['API'] } })).toEqual([
      'Installing',
    ]);
    expect(await found({ tag: 'hidden tag' })).toEqual(['Installing']);
    expect(await found({ section: 'Guide', tag: { none: ['careful'] } })).toEqual(['Installing']);
  });

  it('sorts, and lists pages without a text', async () => {
    const sort = { by: 'date', order: 'desc' } as const;
    expect(titles(await last({ text: 'gadget', sort }))).toEqual([
      'Reference',
      'Installing',
      'Removing',
      'Heavy',
    ]);
    expect(titles(await last({ text: '', sort: { by: 'date' }, filters: { section: 'Guide' } }))).toEqual([
      'Removing',
      'Installing',
    ]);
  });

  it('counts values among what was found, and in the whole site', async () => {
    const { facets } = await last({ text: 'gadget', facets: true });
    expect(facets).toEqual({
      section: { API: 1, Guide: 2 },
      tag: { careful: 1, 'hidden tag': 1 },
      version: { '1.0': 1, '2.0': 2 },
    });
    expect(await (await index.refinements.open())!.filters()).toEqual(facets);
  });

  it('lets words count as their weight says', async () => {
    const order = titles(await last({ text: 'gadget ' }));
    expect(order[0]).toBe('Heavy');
    expect(order.at(-1)).toBe('Reference');
  });

  it('gives metadata, with the picture that stands for the page', async () => {
    const { results } = await last({ text: 'shelf' });
    const metaOf = (title: string): unknown => results.find((page) => page.title === title)?.meta;
    expect(metaOf('Installing')).toEqual({
      ...{ title: 'Installing', author: 'Ada', image: 'https://docs.test/img/og.png' },
    });
    expect(metaOf('Removing')).toEqual({
      ...{ title: 'Removing', image: 'https://docs.test/guide/shelf.png', image_alt: 'An empty shelf' },
    });
    expect(metaOf('Reference')).toEqual({ title: 'Reference' });
  });

  it('finds attributes, leads to titled elements, and leaves out what is ignored', async () => {
    expect(titles(await last({ text: 'empty ' }))).toEqual(['Removing']);
    const [page] = (await last({ text: 'which common questions' })).results;
    expect(page?.sections[0]).toMatchObject({
      url: 'https://docs.test/guide/install.html#faq',
      trail: ['Common questions'],
    });
    expect(titles(await last({ text: 'secret ' }))).toEqual([]);
  });
});
