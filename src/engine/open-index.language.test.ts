import { afterEach, describe, expect, it, vi } from 'vitest';
import { testManifest } from '../testing/manifest.js';
import { smallIndex } from '../testing/small-index.js';
import type { Manifest } from './index-file/manifest.js';
import { MANIFEST } from './index-file/manifest-name.js';
import { manifestOf } from './index-file/manifest-of.js';
import { openIndex, type SearchIndex } from './open-index.js';
import { search } from './search.js';
import type { SearchUpdate } from './update.js';

const models = {
  embedder: () => new Promise<never>(() => undefined),
  reranker: () => new Promise<never>(() => undefined),
};

/** The index of five English pages, opened in another language. */
async function opened(
  language: string,
  manifest: Partial<Manifest>,
  other?: Uint8Array<ArrayBuffer>,
): Promise<SearchIndex> {
  const { source } = await smallIndex({ manifest });
  if (other) source.files.set(manifestOf(language), other);
  return openIndex({ source, language, models });
}
async function first(index: SearchIndex, text: string): Promise<SearchUpdate> {
  for await (const update of search(index, { text }, (url) => url)) return update;
  throw new Error('There is no update.');
}

describe('a language whose manifest cannot be had', () => {
  it.each<[string, Uint8Array<ArrayBuffer> | undefined]>([
    ['missing', undefined],
    ['damaged', new TextEncoder().encode('{"format":')],
  ])('is searched in the main one where it is %s, and updates say so', async (_, bytes) => {
    const index = await opened('de', { languages: ['en', 'de'] }, bytes);
    expect(index.manifest.language).toBe('en');
    const { results, missing } = await first(index, 'publish');
    expect(results[0]!.url).toBe('publish.html');
    expect(missing).toEqual([
      { part: 'language', reason: expect.stringContaining(manifestOf('de')) as string },
    ]);
  });

  it('is nothing to speak of where it is there', async () => {
    const other = new TextEncoder().encode(JSON.stringify(testManifest({ language: 'en-GB' })));
    const index = await opened('en-GB', { languages: ['en', 'en-GB'] }, other);
    expect(index.manifest.language).toBe('en-GB');
    expect(index.languageFailure).toBeUndefined();
  });

  it('does not stand in for the main manifest', async () => {
    const { source } = await smallIndex();
    source.files.delete(MANIFEST);
    await expect(openIndex({ source, models })).rejects.toMatchObject({ code: 'no-index' });
  });
});

describe('a language whose rules cannot be had', () => {
  afterEach(() => vi.doUnmock('./keyword/language-rules.js'));

  it('is searched by the words themselves, and updates say so', async () => {
    vi.doMock('./keyword/language-rules.js', () => {
      throw new Error('Failed to fetch');
    });
    const { results, missing } = await first(await opened('de', { language: 'de' }), 'Registry folder');
    expect(results.map(({ url }) => url)).toContain('cache.html');
    expect(missing).toEqual([
      { part: 'language', reason: expect.stringContaining('language-rules.js') as string },
    ]);
  });
});
