import { expect, type Page, type Route, test } from '@playwright/test';
import { lastUpdate } from './last-update.js';
import { SearchBox } from './search-box.js';

const PAGE = '/docs/commands/npm-install.html';

/** Serves a file with its bytes changed. */
async function alter(page: Page, url: RegExp, change: (bytes: Buffer) => Buffer): Promise<void> {
  await page.route(url, async (route: Route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.body()) });
  });
}

const firstHalf = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);
const oneBitWrong = (bytes: Buffer): Buffer => {
  const changed = Buffer.from(bytes);
  changed[changed.length >> 1]! ^= 1;
  return changed;
};

test('a missing reranker: words and vectors still answer', async ({ page }) => {
  await page.route(/reranker\/model/, (route) => route.fulfill({ status: 404 }));
  const update = await lastUpdate(page, '/', 'undo a publish');
  expect(update).toMatchObject({ stage: 'done', missing: [{ part: 'rerank' }] });
  if (!('results' in update)) throw new Error(update.message);
  expect(update.missing[0]!.reason).toMatch(/reranker\/model.*HTTP 404/);
  expect(update.results.map(({ title }) => title)).toContain('npm-unpublish');
});

test('a truncated embedder: words still answer, and the second look reads them', async ({ page }) => {
  await alter(page, /embedder\/model/, firstHalf);
  const update = await lastUpdate(page, '/', 'unpublish');
  expect(update).toMatchObject({ stage: 'done', missing: [{ part: 'vector' }] });
  if (!('results' in update)) throw new Error(update.message);
  expect(update.progress!.read).toBeGreaterThan(3);
  expect(update.missing[0]!.reason).toMatch(/embedder\/model.* is damaged: it has \d+ bytes where/);
  expect(update.results[0]!.title).toBe('npm-unpublish');
});

test('an altered vector file is not believed', async ({ page }) => {
  await alter(page, /vectors\.[0-9a-f]+\.bin/, oneBitWrong);
  const update = await lastUpdate(page, '/', 'unpublish');
  expect(update).toMatchObject({ stage: 'done', missing: [{ part: 'vector' }] });
  if (!('results' in update)) throw new Error(update.message);
  expect(update.missing[0]!.reason).toMatch(/SHA-256 differs/);
  expect(update.results.length).toBeGreaterThan(0);
});

test('a truncated keyword file: vectors still answer', async ({ page }) => {
  await alter(page, /keywords\/[0-9a-f]+\.bin/, firstHalf);
  const update = await lastUpdate(page, '/', 'undo a publish');
  expect(update).toMatchObject({ stage: 'done', missing: [{ part: 'keyword' }] });
  if (!('results' in update)) throw new Error(update.message);
  expect(update.results.map(({ title }) => title)).toContain('npm-unpublish');
});

test('a missing passage file: its results are left out, the others are shown', async ({ page }) => {
  await page.goto('/');
  const [, , hash] = await page.evaluate(async () => {
    const manifest = (await (await fetch('/second-look/manifest.json')).json()) as {
      passages: [number, number, string][];
    };
    return manifest.passages[0]!;
  });
  await page.route(`**/second-look/passages/${hash}.bin`, (route) => route.fulfill({ status: 404 }));
  const update = await lastUpdate(page, '/', 'registry');
  expect(update).toMatchObject({ stage: 'done', missing: [{ part: 'passages' }] });
  if (!('results' in update)) throw new Error(update.message);
  expect(update.results.length).toBeGreaterThan(3);
});

test('an index of another format says which is which, and what to do', async ({ page }) => {
  await alter(page, /manifest\.json/, (bytes) =>
    Buffer.from(bytes.toString().replace(/"format": ?\d+/, '"format":99')),
  );
  const error = await lastUpdate(page, '/', 'x');
  expect(error).toMatchObject({ code: 'wrong-format' });
  expect((error as { message: string }).message).toMatch(
    /format 99.*reads format \d+.*Build the index again/,
  );
});

test('no index at all: the box says so, and where it looked', async ({ page }) => {
  await page.route(/manifest\.json/, (route) => route.fulfill({ status: 404 }));
  expect(await lastUpdate(page, '/', 'x')).toMatchObject({ code: 'no-index' });

  const box = new SearchBox(page);
  await page.goto(PAGE);
  await box.search('install');
  await expect(page.getByRole('alert')).toContainText(/There is no search index at .*\/second-look\//);
});

test('an index that was out of reach is tried again', async ({ page }) => {
  let away = true;
  await page.route(/manifest\.json/, (route) => (away ? route.fulfill({ status: 503 }) : route.continue()));
  const box = new SearchBox(page);
  await page.goto(PAGE);
  await box.search('install');
  await expect(page.getByRole('alert')).toContainText(/could not be reached \(HTTP 503\)/);
  away = false;
  await box.input.fill('unpublish');
  await expect(box.rows.first()).toBeVisible();
});

test('a worker that does not start: the page answers from keywords, and says why', async ({ page }) => {
  await page.route(/worker\.[\w-]+\.js/, (route) => route.fulfill({ status: 404 }));
  const update = await lastUpdate(page, '/', 'unpublish');
  expect(update).toMatchObject({ stage: 'done', missing: [{ part: 'vector' }, { part: 'rerank' }] });
  if (!('results' in update)) throw new Error(update.message);
  expect(update.missing[0]!.reason).toMatch(/worker did not start/);
  expect(update.results[0]!.title).toBe('npm-unpublish');

  const box = new SearchBox(page);
  await page.goto(PAGE);
  await box.search('unpublish');
  await expect(box.rows.first()).toBeVisible();
  await expect(box.status).toHaveText('Results are by words alone.');
});

test('a visitor who saves data gets keywords, and no model', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) });
  });
  const models: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.encoder')) models.push(request.url());
  });
  expect(await lastUpdate(page, '/', 'unpublish')).toMatchObject({
    stage: 'done',
    missing: [{ part: 'vector', reason: 'The visitor asks to save data.' }, { part: 'rerank' }],
  });
  expect(models).toEqual([]);
});

test('a browser without WebAssembly searches by keywords', async ({ page }) => {
  const without = 'delete globalThis.WebAssembly;\n';
  await page.addInitScript(without);
  await alter(page, /worker\.[\w-]+\.js/, (bytes) => Buffer.concat([Buffer.from(without), bytes]));
  const update = await lastUpdate(page, '/', 'unpublish');
  expect(await page.evaluate(() => typeof WebAssembly)).toBe('undefined');
  expect(update).toMatchObject({ stage: 'done', missing: [{ part: 'vector' }, { part: 'rerank' }] });
  if (!('results' in update)) throw new Error(update.message);
  expect(update.missing[0]!.reason).toMatch(/needs WebAssembly/);
  expect(update.results[0]!.title).toBe('npm-unpublish');
});
