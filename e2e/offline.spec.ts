import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type JSHandle, type Page, test } from '@playwright/test';
import type * as SecondLook from '../src/index.js';
import type * as Offline from '../src/offline/index.js';
import { bundleServiceWorker } from './bundle-service-worker.js';
import { DEMO_INDEX, demoModelBytes, PAGE, serviceWorker } from './offline-site.js';
import { runCli } from './run-cli.js';
import { SearchBox } from './search-box.js';
import { type Host, startHost } from './start-host.js';

let site: string;
let host: Host;
/** What was asked of the host. */
let asked: string[];
let before: (request: IncomingMessage, response: ServerResponse) => boolean;

test.beforeEach(async () => {
  site = await mkdtemp(join(tmpdir(), 'second-look-offline-'));
  await writeFile(join(site, 'index.html'), PAGE);
  await writeFile(join(site, 'sw.js'), serviceWorker('/second-look/offline.js'));
  asked = [];
  before = () => false;
});
test.afterEach(async () => {
  await host.stop();
  await rm(site, { recursive: true });
});

async function serve(index: string): Promise<void> {
  host = await startHost({
    folders: [
      ['/second-look/', index],
      ['/', site],
    ],
    before: (request, response) => {
      asked.push(request.url ?? '');
      return before(request, response);
    },
  });
}

/** Opens the page under its service worker. */
async function visit(page: Page): Promise<void> {
  await page.goto(host.origin);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/sw.js', { type: 'module' });
    if (!navigator.serviceWorker.controller)
      await new Promise((resolve) => (navigator.serviceWorker.oncontrollerchange = resolve));
  });
}

/** The module, on the page. */
async function offlineOn(page: Page): Promise<JSHandle<typeof Offline>> {
  return page.evaluateHandle(async () => {
    const script = '/second-look/offline.js';
    return (await import(script)) as typeof Offline;
  });
}

/** The module, in Node. */
async function offlineInNode(): Promise<typeof Offline> {
  const module = pathToFileURL(join(import.meta.dirname, '../dist/browser/offline.js')).href;
  return (await import(module)) as typeof Offline;
}

/** Titles of what the API finds by words. */
async function found(page: Page, query: string): Promise<string[]> {
  return page.evaluate(async (query) => {
    const script = '/second-look/search.js';
    const { createSearch } = (await import(script)) as typeof SecondLook;
    const search = await createSearch();
    let titles: string[] = [];
    for await (const { results } of search.query(query)) titles = results.map(({ title }) => title);
    search.dispose();
    return titles;
  }, query);
}

/** URLs in the caches of the search, where each is kept. */
async function keptFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('second-look'));
    const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return lists.flat().map(({ url }) => url);
  });
}

test('made available offline, the search answers with its second look when the site is gone', async ({
  page,
}) => {
  await serve(DEMO_INDEX);
  await visit(page);
  // A visitor who has searched has the models already.
  const box = new SearchBox(page);
  await box.search('undo a publish');
  await box.secondLook();
  const online = await box.titles();
  const isModel = (url: string): boolean => url.endsWith('.encoder');
  expect(asked.filter(isModel)).toHaveLength(2);

  const offline = await offlineOn(page);
  const { bytes } = await offline.evaluate(({ offlineFiles }) => offlineFiles());
  expect(bytes).toBeGreaterThan(await demoModelBytes());
  expect(await offline.evaluate(({ availableOffline }) => availableOffline())).toBeUndefined();
  const told = await offline.evaluate(async ({ makeAvailableOffline }) => {
    const told: { loadedBytes: number; totalBytes: number }[] = [];
    await makeAvailableOffline({ onProgress: (progress) => told.push(progress) });
    return told;
  });
  expect(told.at(-1)).toEqual({ loadedBytes: bytes, totalBytes: bytes });
  const loaded = told.map(({ loadedBytes }) => loadedBytes);
  expect(loaded).toEqual([...loaded].sort((left, right) => left - right));
  // They were moved, not fetched again, and lie in one place.
  expect(asked.filter(isModel)).toHaveLength(2);
  const models = (await keptFiles(page)).filter(isModel);
  expect(models).toHaveLength(2);
  expect(new Set(models).size).toBe(2);

  await host.stop();
  const failed: string[] = [];
  page.on('requestfailed', (request) => failed.push(request.url()));
  page.on('response', (response) => {
    if (!response.ok()) failed.push(response.url());
  });
  await page.reload();
  await box.search('undo a publish');
  await box.secondLook();
  expect(await box.titles()).toEqual(online);
  expect((await keptFiles(page)).filter(isModel)).toHaveLength(2);
  expect(failed).toEqual([]);
  // Large sites read parts of files.
  const part = await page.evaluate(async (url) => {
    const response = await fetch(url, { headers: { Range: 'bytes=10-19' } });
    const { length } = new Uint8Array(await response.arrayBuffer());
    return [response.status, response.headers.get('Content-Range'), length];
  }, models[0]!);
  expect(part).toEqual([206, expect.stringMatching(/^bytes 10-19\/\d{7,}$/), 10]);
});

test('a new index is there whole or not at all', async ({ page }) => {
  const index = join(site, 'second-look');
  const writeIndex = async (animal: string): Promise<void> => {
    await writeFile(
      join(site, 'animals.html'),
      `<html lang="en"><title>${animal}</title><main><h1>${animal}</h1><p>All about ${animal}.</p></main>`,
    );
    const { err, code } = await runCli({}, 'index', site, '--embedder', 'none', '--reranker', 'none');
    expect(code, err).toBe(0);
  };
  await writeIndex('quokka');
  await serve(index);
  await visit(page);
  let offline = await offlineOn(page);
  const first = await offline.evaluate(({ makeAvailableOffline }) => makeAvailableOffline());
  expect(await found(page, 'quokka')).toEqual(['quokka']);
  const whole = (await keptFiles(page)).sort();

  await writeIndex('wallaby');
  // The network breaks off in the middle of the passages, again and again.
  before = ({ url = '' }, response) => {
    if (!url.startsWith('/second-look/passages/')) return false;
    response.writeHead(200, { 'Content-Length': '1000' });
    response.write('half', () => response.destroy());
    return true;
  };
  const failure = await offline.evaluate(({ makeAvailableOffline }) =>
    makeAvailableOffline().catch((error: unknown) => String(error)),
  );
  expect(failure).toMatch(/SearchError: .*passages.*could not be read/);
  await page.reload();
  offline = await offlineOn(page);
  expect(await offline.evaluate(({ availableOffline }) => availableOffline())).toEqual(first);
  expect(await found(page, 'quokka')).toEqual(['quokka']);
  expect(await found(page, 'wallaby')).toEqual([]);

  // A visitor who gives up keeps nothing of it.
  const reason = await offline.evaluate(({ makeAvailableOffline }) => {
    const controller = new AbortController();
    const { signal } = controller;
    const onProgress = (): void => controller.abort(new Error('given up'));
    return makeAvailableOffline({ signal, onProgress }).catch((error: unknown) => String(error));
  });
  expect(reason).toBe('Error: given up');
  expect((await keptFiles(page)).sort()).toEqual(whole);

  // The network is back: the next page that is opened to search has it brought up to date in the background.
  before = () => false;
  await page.reload();
  expect(await found(page, 'quokka')).toEqual(['quokka']);
  offline = await offlineOn(page);
  await expect
    .poll(() => offline.evaluate(async ({ availableOffline }) => (await availableOffline())?.files))
    .not.toEqual(first.files);
  await host.stop();
  await page.reload();
  expect(await found(page, 'wallaby')).toEqual(['wallaby']);
  expect(await found(page, 'quokka')).toEqual([]);

  await offlineOn(page).then((offline) => offline.evaluate(({ removeOffline }) => removeOffline()));
  expect(await keptFiles(page)).toEqual([]);
});

/** A service worker that Workbox makes of a list, as its own build does: the list is put in the place of a name. */
async function workboxWorker(code: string, entries: readonly object[]): Promise<void> {
  const list = JSON.stringify([...entries, { url: '/', revision: '1' }]);
  const source = `import { precacheAndRoute } from 'workbox-precaching';
    addEventListener('install', () => skipWaiting());
    addEventListener('activate', (event) => event.waitUntil(clients.claim()));
    ${code}`.replace('self.__WB_MANIFEST', () => list);
  await bundleServiceWorker(source, join(site, 'sw.js'));
}

test("in Workbox's precache, by the list, the search has its second look when the site is gone", async ({
  page,
}) => {
  const { precacheEntries } = await offlineInNode();
  await serve(DEMO_INDEX);
  await workboxWorker(
    'precacheAndRoute(self.__WB_MANIFEST);',
    await precacheEntries(pathToFileURL(DEMO_INDEX)),
  );
  await visit(page);
  await host.stop();
  await page.reload();
  const box = new SearchBox(page);
  await box.search('undo a publish');
  await box.secondLook();
  expect(await box.titles()).toContain('npm-unpublish');
});

test('beside Workbox, the offline copy answers first', async ({ page }) => {
  await serve(DEMO_INDEX);
  await workboxWorker(
    `import { respondOffline } from 'second-look/offline';
    import { registerRoute } from 'workbox-routing';
    addEventListener('fetch', (event) => void respondOffline(event));
    precacheAndRoute(self.__WB_MANIFEST);
    registerRoute(() => true, async () => new Response('Workbox was asked.'));`,
    [],
  );
  await visit(page);
  await (
    await offlineOn(page)
  ).evaluate(({ makeAvailableOffline }) => makeAvailableOffline({ models: false }));
  await host.stop();
  await page.reload();
  expect(await found(page, 'unpublish')).toContain('npm-unpublish');
  expect(await page.evaluate(async () => (await fetch('/elsewhere')).text())).toBe('Workbox was asked.');
});

test('the list has all that the script and the index are made of', async () => {
  await serve(DEMO_INDEX);
  const { precacheEntries } = await offlineInNode();
  const entries = await precacheEntries(pathToFileURL(DEMO_INDEX));
  // Workbox's build refuses an entry with anything more.
  for (const entry of entries) expect(Object.keys(entry)).toEqual(['url', 'revision']);
  const files = (await readdir(DEMO_INDEX, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name !== 'browser-files.json')
    .map((entry) => `/second-look${join(entry.parentPath, entry.name).slice(DEMO_INDEX.length)}`);
  expect(entries.map(({ url }) => url).sort()).toEqual(files.sort());
});
