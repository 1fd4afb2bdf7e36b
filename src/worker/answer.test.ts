import { afterEach, expect, it, vi } from 'vitest';
import { MANIFEST } from '../engine/index-file/manifest-name.js';
import { testManifest } from '../testing/manifest.js';
import { createWorkerApi } from './answer.js';

afterEach(() => vi.unstubAllGlobals());

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
  const api = createWorkerApi({ unavailable: 'Models are switched off.' });
  const indexUrl = 'https://docs.test/second-look/';
  expect(await api.open({ indexUrl, language: 'en' }, () => undefined)).toHaveProperty('info');
  expect(await api.filters()).toEqual({
    error: { code: 'bad-option', message: expect.stringMatching(/search engine.*not counted/) as string },
  });
});
