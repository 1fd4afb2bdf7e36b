import { describe, expect, it, vi } from 'vitest';
import { fakeEmbedder, fakeReranker, smallIndex } from '../testing/small-index.js';
import { search } from './search.js';
import type { SearchRequest, SearchUpdate } from './update.js';

type Options = Parameters<typeof smallIndex>[0];

async function updatesOf(request: SearchRequest | string, options?: Options): Promise<SearchUpdate[]> {
  const { index } = await smallIndex(options);
  const updates: SearchUpdate[] = [];
  const asked = typeof request === 'string' ? { text: request } : request;
  for await (const update of search(index, asked, (url) => url)) updates.push(update);
  return updates;
}
const urls = (update: SearchUpdate | undefined): string[] => update?.results.map(({ url }) => url) ?? [];
const stages = (updates: SearchUpdate[]): string[] => [...new Set(updates.map(({ stage }) => stage))];

describe('search', () => {
  it('answers by words, then with vectors, then as it reads, then is done', async () => {
    const updates = await updatesOf('remove a package');
    expect(stages(updates)).toEqual(['keyword', 'hybrid', 'reranking', 'done']);
    expect(updates.map(({ missing }) => missing).flat()).toEqual([]);
    for (const update of updates) {
      expect(urls(update)).toContain('unpublish.html');
      expect(update.query).toBe('remove a package');
    }
  });

  it('gives the keyword results before the embedder has loaded', async () => {
    let loaded = (): void => undefined;
    const loading = new Promise<void>((resolve) => (loaded = resolve));
    const { index } = await smallIndex({ embedder: () => loading.then(fakeEmbedder) });
    const updates = search(index, { text: 'publish' }, (url) => url);
    const first = await updates.next();
    expect(first.value).toMatchObject({ stage: 'keyword' });
    loaded();
    expect((await updates.next()).value).toMatchObject({ stage: 'hybrid' });
  });

  it('finds by meaning what has none of the words', async () => {
    const updates = await updatesOf('undo it');
    expect(urls(updates.find(({ stage }) => stage === 'keyword'))).toEqual([]);
    expect(urls(updates.find(({ stage }) => stage === 'hybrid'))[0]).toBe('unpublish.html');
  });

  it('lets an excerpt that has not all the words begin with the sentence that is nearest in meaning', async () => {
    const filler = 'Nothing of this is of use to anybody who came here with a question. '.repeat(2);
    const html = `<title>Versions</title><main><p>A mistake happens. ${filler}</p>
      <p>Run this to unpublish or remove a version for good.</p></main>`;
    const updates = await updatesOf('undo mistake', { pages: [{ url: 'versions.html', html }] });
    const excerptOf = (stage: string): string =>
      updates.find((update) => update.stage === stage)!.results[0]!.sections[0]!.excerpt.text;
    expect(excerptOf('reranking')).toMatch(/^A mistake happens/);
    expect(excerptOf('done')).toMatch(/^… [^]*\nRun this to unpublish or remove a version for good\.$/);
    const [all] = (await updatesOf('mistake', { pages: [{ url: 'versions.html', html }] })).slice(-1);
    expect(all!.results[0]!.sections[0]!.excerpt.text).toMatch(/^A mistake happens/);
  });

  it('finds what stands in quotes word for word, at every stage', async () => {
    const updates = await updatesOf('"a package to the registry"');
    for (const update of updates) expect(urls(update)).toEqual(['publish.html']);
    expect(stages(updates)).toContain('hybrid');
    for (const update of await updatesOf('"registry a package"')) expect(urls(update)).toEqual([]);
  });

  it('leaves out what has a word that the query excludes, at every stage', async () => {
    for (const update of await updatesOf('package')) expect(urls(update)).toContain('unpublish.html');
    for (const update of await updatesOf('package -registry')) {
      expect(urls(update)).toContain('install.html');
      const texts = update.results.flatMap(({ sections }) => sections.map(({ excerpt }) => excerpt.text));
      expect(texts.filter((text) => text.includes('registry'))).toEqual([]);
    }
  });

  it('says how far it has read, and reads the candidates in small batches', async () => {
    const read = await updatesOf({ text: 'package', rerank: { candidates: 7 } });
    const progress = read.filter(({ stage }) => stage === 'reranking').map((update) => update.progress!);
    expect(progress.length).toBeGreaterThan(1);
    expect(progress.map(({ of }) => of)).toEqual(progress.map(() => 7));
    progress.slice(1).forEach((step, at) => expect(step.read).toBeGreaterThan(progress[at]!.read));
    expect(read.at(-1)?.progress).toEqual({ read: 7, of: 7 });
  });

  it('puts first what the second look finds best', async () => {
    const reranker = fakeReranker((passage) => (passage.includes('clean the cache') ? 1 : 0.01));
    const updates = await updatesOf('add a package to the registry', { reranker: async () => reranker });
    expect(urls(updates[0])[0]).not.toBe('cache.html');
    expect(urls(updates.at(-1))[0]).toBe('cache.html');
    expect(updates.at(-1)?.results[0]?.sections[0]?.why.rerank).toBe(1);
  });

  it('reads each passage with its title and headings, and the query as it was typed', async () => {
    const read = vi.fn(() => 0.5);
    await updatesOf('  Remove packages ', { reranker: async () => fakeReranker(read) });
    expect(read).toHaveBeenCalledWith(
      'npm-unpublish: Description. Remove a package from the registry.',
      'Remove packages',
    );
  });

  it('keeps an exact title on top, whatever the second look thinks', async () => {
    const reranker = fakeReranker((passage) => (passage.includes('npm-publish') ? 0 : 1));
    for (const update of await updatesOf('npm publish', { reranker: async () => reranker })) {
      expect(urls(update)[0]).toBe('publish.html');
      expect(update.results[0]?.sections[0]?.why.exact).toBe(true);
    }
  });

  it('reads as many candidates as asked for, and loads no reranker for none', async () => {
    const read = vi.fn(() => 0.5);
    const reranker = vi.fn(async () => fakeReranker(read));
    const updates = await updatesOf({ text: 'package', rerank: { candidates: 3 } }, { reranker });
    expect(read).toHaveBeenCalledTimes(3);
    expect(urls(updates.at(-1)).sort()).toEqual(urls(updates[1]).sort());
    reranker.mockClear();
    expect(stages(await updatesOf({ text: 'package', rerank: { candidates: 0 } }, { reranker }))).toEqual([
      'keyword',
      'hybrid',
      'done',
    ]);
    expect(reranker).not.toHaveBeenCalled();
  });

  it('keeps to the limits asked for', async () => {
    const request = { text: 'package registry', limit: 2, sectionsPerPage: 1, excerptLength: 40 };
    for (const { results } of await updatesOf(request)) {
      expect(results).toHaveLength(2);
      for (const { sections } of results) expect(sections).toHaveLength(1);
    }
  });

  it.each(['', '   ', '\n'])(
    'answers the empty query %j with an empty list, and loads no model for it',
    async (text) => {
      const embedder = vi.fn(async () => fakeEmbedder());
      const reranker = vi.fn(async () => fakeReranker(() => 1));
      const updates = await updatesOf(text, { embedder, reranker });
      expect(updates.map(({ stage }) => stage)).toEqual(['keyword', 'done']);
      expect(updates.flatMap(({ results }) => results)).toEqual([]);
      expect(embedder).not.toHaveBeenCalled();
      expect(reranker).not.toHaveBeenCalled();
    },
  );

  it('cuts an endless query', async () => {
    const updates = await updatesOf(`publish ${'x'.repeat(100_000)}`);
    expect(updates.at(-1)?.query.length).toBe(500);
    expect(urls(updates.at(-1))).toContain('publish.html');
  });

  it('marks the words of the query in each excerpt', async () => {
    const [update] = await updatesOf('remove ');
    const { text, ranges } = update!.results[0]!.sections[0]!.excerpt;
    expect(ranges.map(([start, end]) => text.slice(start, end))).toEqual(['Remove']);
  });
});
