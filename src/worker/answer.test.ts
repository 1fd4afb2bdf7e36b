import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MANIFEST } from '../engine/index-file/manifest-name.js';
import { manifestOf } from '../engine/index-file/manifest-of.js';
import { sharedModels } from '../engine/model/shared-models.js';
import type { FromWorker, SearchUpdate, WorkerApi } from '../protocol.js';
import { testManifest } from '../testing/manifest.js';
import type { MemorySource } from '../testing/memory-source.js';
import { fakeEmbedder, fakeReranker, smallIndex, type TestPage } from '../testing/small-index.js';
import { createWorkerApi } from './answer.js';

afterEach(() => vi.unstubAllGlobals());

const indexUrl = 'https://docs.test/second-look/';
const opened = async (
  models: Parameters<typeof createWorkerApi>[0] = { unavailable: 'Models are switched off.' },
  language = 'en',
): Promise<WorkerApi> => {
  const api = createWorkerApi(models);
  expect(await api.open({ indexUrl, language }, () => undefined)).toHaveProperty('info');
  return api;
};

it("refuses to list the filters of a site's own search engine, and says why", async () => {
  const manifest = testManifest({
    site: 'https://docs.test/',
    counts: { pages: 0, sections: 0, passages: 0 },
    ...{ pages: [], keywords: [], passages: [] },
    remote: {
      url: 'https://engine.test',
      body: '{query}',
      response: { hits: 'hits', url: 'url', text: 'text' },
    },
  });
  vi.stubGlobal('fetch', async (url: string) =>
    url.endsWith(MANIFEST) ? new Response(JSON.stringify(manifest)) : new Response('', { status: 404 }),
  );
  expect(await (await opened()).filters()).toEqual({
    error: { code: 'bad-option', message: expect.stringMatching(/search engine.*not counted/) as string },
  });
});

describe('a site that changes while its index is open', () => {
  let site: Pick<MemorySource, 'files'>;
  /** Paths of the index folder in the order that they were asked for. */
  let asked: string[];
  beforeEach(async () => {
    await publish('Old');
    asked = [];
    vi.stubGlobal('fetch', async (url: string) => {
      const path = url.slice(indexUrl.length);
      asked.push(path);
      // As the network does, in another turn.
      await new Promise((resolve) => setTimeout(resolve));
      const bytes = site.files.get(path);
      return bytes ? new Response(bytes) : new Response('', { status: 404 });
    });
  });

  async function publish(age: string, { withModels = false } = {}): Promise<void> {
    const page = (thing: string): TestPage => ({
      url: `${thing}.html`,
      html: `<main><h1 data-pagefind-filter="age:${age}">${age} ${thing}</h1><p>All about the ${thing}.</p></main>`,
    });
    const none = { embedder: undefined, reranker: undefined, vectors: undefined };
    const pages = [page('harbour'), page('ferry')];
    ({ source: site } = await smallIndex({ pages, ...(!withModels && { manifest: none }) }));
  }

  function ask(api: WorkerApi, text: string): Promise<FromWorker[]> {
    const { port1, port2 } = new MessageChannel();
    const heard: FromWorker[] = [];
    return new Promise((resolve) => {
      port1.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        heard.push(data);
        if (data.type === 'update') return;
        port1.close();
        resolve(heard);
      };
      api.query({ text }, port2);
    });
  }
  const updatesOf = (heard: readonly FromWorker[]): SearchUpdate[] =>
    heard.flatMap((message) => (message.type === 'update' ? [message.update] : []));
  const titles = (heard: readonly FromWorker[]): string[] =>
    updatesOf(heard)
      .at(-1)!
      .results.map(({ title }) => title);
  const manifests = (): number => asked.filter((path) => path === MANIFEST).length;

  it('is searched as it is now, by all queries at once, after one look at its manifest', async () => {
    const api = await opened();
    await publish('New');
    asked = [];
    const answers = await Promise.all([ask(api, 'harbour'), ask(api, 'ferry')]);
    expect(answers.map(titles)).toEqual([['New harbour'], ['New ferry']]);
    for (const answer of answers) {
      expect(answer.at(-1)).toEqual({ type: 'end' });
      expect(updatesOf(answer).flatMap(({ missing }) => missing)).toEqual([]);
    }
    expect(manifests()).toBe(1);
    expect(titles(await ask(api, 'harbour'))).toEqual(['New harbour']);
    expect(manifests()).toBe(1);
  });

  it('keeps the models open that its new index names too', async () => {
    await publish('Old', { withModels: true });
    const opening: string[] = [];
    const dispose = vi.fn(async () => undefined);
    const models = sharedModels({
      embedder: async ({ name }) => {
        opening.push(name);
        return { ...fakeEmbedder(), dispose };
      },
      reranker: async ({ name }) => {
        opening.push(name);
        return { ...fakeReranker(() => 0.5), dispose };
      },
    });
    const api = await opened(models);
    api.preload();
    await vi.waitFor(() => expect(opening).toHaveLength(2));
    await publish('New', { withModels: true });
    const updates = updatesOf(await ask(api, 'harbour'));
    expect(updates.map(({ stage }) => stage)).toEqual(
      expect.arrayContaining(['hybrid', 'reranking', 'done']),
    );
    expect(updates.at(-1)).toMatchObject({ missing: [], results: [{ title: 'New harbour' }, {}] });
    expect(opening).toHaveLength(2);
    expect(dispose).not.toHaveBeenCalled();
  });

  it('has its filters counted as they are now', async () => {
    const api = await opened();
    await publish('New');
    expect(await api.filters()).toEqual({ filters: { age: { New: 2 } } });
  });

  it('is missing what it has lost where it has no other index; a query looks once', async () => {
    const api = await opened();
    for (const path of site.files.keys()) if (path.startsWith('passages/')) site.files.delete(path);
    asked = [];
    const answer = await ask(api, 'harbour');
    expect(updatesOf(answer).at(-1)).toMatchObject({ stage: 'done', missing: [{ part: 'passages' }] });
    expect(manifests()).toBe(1);
  });

  it('is searched as it is now once an upload is through, in the middle of which it was searched', async () => {
    const api = await opened();
    site = { files: new Map() };
    expect(updatesOf(await ask(api, 'harbour')).at(-1)).toMatchObject({ missing: [{ part: 'keyword' }] });
    await publish('New');
    expect(titles(await ask(api, 'ferry'))).toEqual(['New ferry']);
  });

  it('is searched in the language of the page once that is there, and in no other before', async () => {
    const publishBoth = async (age: string): Promise<void> => {
      const folder = async (language: string): Promise<MemorySource['files']> => {
        const html = `<main><h1>${age} boot ${language}</h1><p>Boot.</p></main>`;
        const models = { embedder: undefined, reranker: undefined, vectors: undefined };
        const manifest = { ...models, language, languages: ['en', 'de'] };
        return (await smallIndex({ pages: [{ url: 'boot.html', html }], manifest })).source.files;
      };
      const [english, german] = [await folder('en'), await folder('de')];
      site = { files: new Map([...german, ...english, [manifestOf('de'), german.get(MANIFEST)!]]) };
    };
    await publishBoth('Old');
    const api = await opened(undefined, 'de');
    await publishBoth('New');
    const manifest = site.files.get(manifestOf('de'))!;
    site.files.delete(manifestOf('de'));
    expect(titles(await ask(api, 'boot'))).toEqual([]);
    site.files.set(manifestOf('de'), manifest);
    expect(titles(await ask(api, 'boot'))).toEqual(['New boot de']);
  });

  it('asks for the page to be loaded again where its index is for another script', async () => {
    const api = await opened();
    site = { files: new Map([[MANIFEST, new TextEncoder().encode('{"format":99}')]]) };
    expect((await ask(api, 'harbour')).at(-1)).toMatchObject({
      type: 'error',
      error: { code: 'wrong-format', message: expect.stringContaining('Reload the page') as string },
    });
    expect(await api.filters()).toMatchObject({ error: { code: 'wrong-format' } });
  });

  it('says nothing of it where only the network fails', async () => {
    const api = await opened();
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(url.slice(indexUrl.length));
      throw new TypeError('Failed to fetch');
    });
    asked = [];
    expect(updatesOf(await ask(api, 'harbour')).at(-1)).toMatchObject({ missing: [{ part: 'passages' }] });
    expect(manifests()).toBe(0);
  });
});
