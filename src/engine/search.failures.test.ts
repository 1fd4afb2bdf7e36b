import type { MemorySource } from '../testing/memory-source.js';
import { describe, expect, it, vi } from 'vitest';
import { fakeEmbedder, fakeReranker, smallIndex } from '../testing/small-index.js';
import type { Manifest } from './index-file/manifest.js';
import { MANIFEST } from './index-file/manifest-name.js';
import { preload, type SearchIndex } from './open-index.js';
import { search } from './search.js';
import type { ModelStatus, SearchUpdate } from './update.js';

type Options = NonNullable<Parameters<typeof smallIndex>[0]>;

const ask = (index: SearchIndex, text: string): AsyncGenerator<SearchUpdate, void> =>
  search(index, { text }, (url) => url);

async function last(text: string, options: Options): Promise<SearchUpdate & { stages: string[] }> {
  const { index } = await smallIndex(options);
  const updates: SearchUpdate[] = [];
  for await (const update of ask(index, text)) updates.push(update);
  return { ...updates.at(-1)!, stages: updates.map(({ stage }) => stage) };
}
const urls = ({ results }: SearchUpdate): string[] => results.map(({ url }) => url);
const broken = (reason: string) => (): Promise<never> => Promise.reject(new Error(reason));

const remove = (source: MemorySource, folder: string): void => {
  for (const path of source.files.keys()) if (path.startsWith(folder)) source.files.delete(path);
};

/** What an index built with `none` for both models has in its manifest. */
const withoutModels = (source: MemorySource, manifest: Manifest): void => {
  const { embedder, reranker, vectors, ...rest } = manifest;
  expect([embedder, reranker, vectors]).not.toContain(undefined);
  source.files.set(MANIFEST, new TextEncoder().encode(JSON.stringify(rest)));
};

describe('search with a part missing', () => {
  it('says nothing of models that the index was built without: they have not failed', async () => {
    const { index } = await smallIndex({ damage: withoutModels });
    const updates: SearchUpdate[] = [];
    for await (const update of ask(index, 'publish')) updates.push(update);
    expect(updates.map(({ stage }) => stage)).toEqual(['keyword', 'done']);
    expect(updates.flatMap(({ missing }) => missing)).toEqual([]);
  });

  it('answers by the words themselves where the synonyms cannot be read, and says so', async () => {
    const synonyms = { path: 'synonyms.0a1b2c3d.json', bytes: 9, sha256: '0'.repeat(64) };
    const update = await last('publish', { manifest: { synonyms } });
    expect(urls(update)[0]).toBe('publish.html');
    expect(update.missing).toEqual([
      { part: 'synonyms', reason: expect.stringContaining('synonyms.0a1b2c3d.json') as string },
    ]);
  });

  it.each<[string, Options]>([
    ['cannot be loaded', { embedder: broken('No network.') }],
    [
      'fails at its work',
      { embedder: async () => ({ ...fakeEmbedder(), embedQuery: broken('No network.') }) },
    ],
  ])('answers by words when the embedder %s, and says so', async (_, options) => {
    const update = await last('publish a package', options);
    expect(update.stages).not.toContain('hybrid');
    expect(update.stages).toContain('reranking');
    expect(urls(update)[0]).toBe('publish.html');
    expect(update.missing).toEqual([{ part: 'vector', reason: 'No network.' }]);
  });

  it('loads no vectors where no model can run', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    try {
      const { index, source } = await smallIndex({
        models: { embedder: broken('Refused.'), reranker: broken('') },
      });
      for await (const update of ask(index, 'publish')) expect(update.results).not.toEqual([]);
      await preload(index);
      expect(source.reads.some((path) => path.includes('vectors'))).toBe(false);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('answers by words when the vectors are damaged', async () => {
    const update = await last('publish', {
      damage: (source) => source.files.set('vectors.bin', new Uint8Array(3)),
    });
    expect(urls(update)).toContain('publish.html');
    expect(update.missing).toMatchObject([
      { part: 'vector', reason: expect.stringContaining('vectors.bin') as string },
    ]);
  });

  it('answers by meaning when the keywords are missing', async () => {
    const update = await last('undo', { damage: (source) => remove(source, 'keywords/') });
    expect(urls(update)[0]).toBe('unpublish.html');
    expect(update.missing).toMatchObject([{ part: 'keyword' }]);
  });

  it('finds nothing when it cannot tell what has an excluded word, and says so', async () => {
    const update = await last('undo -registry', { damage: (source) => remove(source, 'keywords/') });
    expect(urls(update)).toEqual([]);
    expect(update.missing).toMatchObject([
      { part: 'keyword', reason: expect.stringContaining('keywords/') as string },
    ]);
  });

  it('keeps the order of the first stage when the reranker cannot be loaded', async () => {
    const update = await last('publish', { reranker: broken('Too little memory.') });
    expect(update.stages).toEqual(['keyword', 'hybrid', 'done']);
    expect(update.missing).toEqual([{ part: 'rerank', reason: 'Too little memory.' }]);
  });

  it('keeps what was read when the reranker fails in the middle', async () => {
    let read = 0;
    const reranker = fakeReranker(() => {
      if (++read > 4) throw new Error('Out of memory.');
      return 0.9;
    });
    const update = await last('package', { reranker: async () => reranker });
    expect(update.stages).toEqual(['keyword', 'hybrid', 'reranking', 'done']);
    expect(update.progress?.read).toBe(4);
    expect(update.missing).toEqual([{ part: 'rerank', reason: 'Out of memory.' }]);
    const whys = update.results.flatMap(({ sections }) => sections.map(({ why }) => why.rerank));
    expect(whys.filter((probability) => probability !== undefined)).toEqual([0.9, 0.9, 0.9, 0.9]);
  });

  it('answers by words alone when models are switched off, says why, and downloads nothing for them', async () => {
    const { index, source } = await smallIndex({ models: { unavailable: 'Models are switched off.' } });
    for await (const update of ask(index, 'publish')) {
      expect(urls(update)).toContain('publish.html');
      expect(update.missing).toEqual([
        { part: 'vector', reason: 'Models are switched off.' },
        { part: 'rerank', reason: 'Models are switched off.' },
      ]);
    }
    await preload(index);
    expect(source.reads.map((path) => path.replace(/\/.*/, '')).sort()).toEqual([
      'keywords',
      'manifest.json',
      'passages',
    ]);
  });

  it('says what it could not show when the passages are missing', async () => {
    const update = await last('publish', { damage: (source) => remove(source, 'passages/') });
    expect(update.results).toEqual([]);
    expect(update.missing).toMatchObject([
      { part: 'passages', reason: expect.stringContaining('passages/') as string },
    ]);
  });

  it('tells how its models load, and why one fails', async () => {
    const statuses: ModelStatus[] = [];
    await last('publish', {
      reranker: broken('Too little memory.'),
      onStatus: (status) => void statuses.push(status),
    });
    expect(statuses.map(({ model, state, reason }) => [model, state, reason])).toEqual([
      ['embedder', 'loading', undefined],
      ['embedder', 'ready', undefined],
      ['reranker', 'loading', undefined],
      ['reranker', 'failed', 'Too little memory.'],
    ]);
  });
});
