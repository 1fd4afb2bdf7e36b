import { beforeEach, expect, it, vi } from 'vitest';
import { BROWSER_FILES } from '../engine/index-file/browser-files.js';
import { MANIFEST } from '../engine/index-file/manifest-name.js';
import { manifestOf } from '../engine/index-file/manifest-of.js';
import { RERANKER, testManifest } from '../testing/manifest.js';
import { MemorySource } from '../testing/memory-source.js';
import { KEPT_FILES } from '../worker/large-files.js';
import { availableOffline, makeAvailableOffline, updateOffline } from './make-available-offline.js';

const index = 'https://docs.test/second-look/';
const MODEL = 'models/reranker.0a1b2c3d.bin';

/** As much of Cache Storage as is used. */
class MemoryCache {
  readonly responses = new Map<string, Response>();
  match = async (url: string): Promise<Response | undefined> => this.responses.get(url)?.clone();
  put = async (url: string, response: Response): Promise<void> => void this.responses.set(url, response);
  delete = async (url: string): Promise<boolean> => this.responses.delete(url);
  keys = async (): Promise<{ url: string }[]> => [...this.responses.keys()].map((url) => ({ url }));
}

let site: MemorySource;
let caches: Map<string, MemoryCache>;
const cacheOf = (name: string): MemoryCache => {
  const cache = caches.get(name) ?? new MemoryCache();
  caches.set(name, cache);
  return cache;
};

beforeEach(async () => {
  caches = new Map();
  vi.stubGlobal('caches', {
    open: async (name: string) => cacheOf(name),
    delete: async (name: string) => caches.delete(name),
  });
  vi.stubGlobal('navigator', {
    locks: { request: (_name: string, _options: object, work: (lock: object) => unknown) => work({}) },
  });
  vi.stubGlobal('fetch', async (url: string) => {
    const bytes = site.files.get(url.slice(index.length));
    return bytes ? new Response(bytes) : new Response('', { status: 404 });
  });
  await publish(['en', 'de']);
  return () => vi.unstubAllGlobals();
});

/** A site whose pages are of these languages, the first its main one. */
async function publish(languages: string[]): Promise<void> {
  site = new MemorySource();
  const [weights, tokenizer] = [await site.add(MODEL, 'weights'), await site.add('tokenizer.json', '{}')];
  const reranker = { ...RERANKER, weights, tokenizer, tokenizerConfig: tokenizer };
  for (const [at, language] of languages.entries()) {
    const keywords: [string, number, string] = [
      '',
      ...(await site.addShard('keywords', Buffer.from(language))),
    ];
    const manifest = testManifest({
      ...{ language, languages, pages: [], keywords: [keywords], passages: [] },
      ...{
        counts: { pages: 0, sections: 0, passages: 0 },
        embedder: undefined,
        vectors: undefined,
        reranker,
      },
    });
    await site.add(at === 0 ? MANIFEST : manifestOf(language), JSON.stringify(manifest));
  }
  await site.add(BROWSER_FILES, '[]');
}

it('leaves the models that were there to a visitor who gives up, and takes them over from one who does not', async () => {
  const kept = cacheOf(KEPT_FILES);
  await kept.put(index + MODEL, new Response('weights'));
  const controller = new AbortController();
  const onProgress = (): void => controller.abort(new Error('given up'));
  await expect(makeAvailableOffline({ index, onProgress, signal: controller.signal })).rejects.toThrow(
    'given up',
  );
  expect(await availableOffline(index)).toBeUndefined();
  expect([...kept.responses.keys()]).toEqual([index + MODEL]);
  site.files.delete(MODEL);
  const { files } = await makeAvailableOffline({ index });
  expect(files.map(({ path }) => path)).toContain(MODEL);
  expect([...kept.responses.keys()]).toEqual([]);
});

it('is brought up to date where the site has no page of its language any more', async () => {
  await makeAvailableOffline({ index, languages: ['de'] });
  await publish(['fr']);
  await updateOffline(index);
  const { files } = (await availableOffline(index))!;
  const paths = files.map(({ path }) => path);
  expect(paths).not.toContain(manifestOf('de'));
  for (const path of paths) expect(site.files.has(path), path).toBe(true);
  expect(paths.some((path) => path.startsWith('keywords/'))).toBe(true);
  // It is of the language again once the site is.
  await publish(['fr', 'de']);
  await updateOffline(index);
  expect((await availableOffline(index))!.files.map(({ path }) => path)).toContain(manifestOf('de'));
});
