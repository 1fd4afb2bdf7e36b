import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type * as SecondLook from '../src/index.js';
import { SearchBox } from './search-box.js';
import { type Host, startHost } from './start-host.js';

const INDEX = join(import.meta.dirname, '../dist/demo/second-look');

let pages: string;
let site: Host;
let cdn: Host;
let siteHeaders: Record<string, string>;

test.beforeAll(async () => {
  pages = await mkdtemp(join(tmpdir(), 'second-look-other-origin-'));
  await mkdir(join(pages, 'docs'));
  const manifest = JSON.parse(await readFile(join(INDEX, 'manifest.json'), 'utf8')) as object;
  site = await startHost({
    folders: [['/', pages]],
    before: (_, response) => {
      for (const [name, value] of Object.entries(siteHeaders)) response.setHeader(name, value);
      return false;
    },
  });
  cdn = await startHost({
    folders: [['/second-look/', INDEX]],
    headers: { 'Access-Control-Allow-Origin': '*' },
    // As with `second-look index --site-url`.
    before: ({ url }, response) => {
      if (url !== '/second-look/manifest.json') return false;
      response.end(JSON.stringify({ ...manifest, site: `${site.origin}/` }));
      return true;
    },
  });
  const html = (
    index: string,
  ): string => `<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,">
    <script type="module" src="${cdn.origin}/second-look/second-look.js"></script>
    <second-look ${index}></second-look>`;
  await writeFile(join(pages, 'index.html'), html(`index="${cdn.origin}/second-look/"`));
  await writeFile(join(pages, 'no-index.html'), html(''));
});

test.afterAll(async () => {
  await Promise.all([site.stop(), cdn.stop()]);
  await rm(pages, { recursive: true });
});

/** What the browser could not load, and what it says is wrong. */
function troubles(page: Page): string[] {
  const heard: string[] = [];
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // What a worker has read to the end is told as aborted now and then.
    if (reason !== 'net::ERR_ABORTED') heard.push(`${request.url()}: ${reason}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text());
  });
  return heard;
}

/** The strictest policy that lets a script of another origin search with models. */
const policy = (): string =>
  [
    "default-src 'none'",
    `script-src ${cdn.origin} 'wasm-unsafe-eval'`,
    `connect-src ${cdn.origin}`,
    'img-src data:',
    'worker-src blob:',
    "base-uri 'none'",
  ].join('; ');

for (const [where, isolation] of [
  ['on a plain page', {}],
  [
    'on a page that is isolated from other origins',
    { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
  ],
] as const)
  test(`a script tag from another origin searches with models ${where}, under a strict policy`, async ({
    page,
  }) => {
    siteHeaders = { ...isolation, 'Content-Security-Policy': policy() };
    const heard = troubles(page);
    const box = new SearchBox(page);
    await page.goto(site.origin);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(where !== 'on a plain page');
    await box.search('undo a publish');
    await box.secondLook();
    expect(await box.titles()).toContain('npm-unpublish');
    await expect(box.rows.first()).toHaveAttribute('href', new RegExp(`^${site.origin}/docs/`));
    expect(heard).toEqual([]);
  });

test('where the policy lets no blob: worker start, the page searches by words and says what to do', async ({
  page,
}) => {
  siteHeaders = { 'Content-Security-Policy': policy().replace('worker-src blob:', "worker-src 'none'") };
  await page.goto(site.origin);
  const box = new SearchBox(page);
  await box.search('unpublish');
  await expect(box.rows.first()).toBeVisible();
  await expect(box.status).toHaveText('Results are by words alone.');
  const reasons = await page.evaluate(async (cdn) => {
    const { createSearch } = (await import(`${cdn}/second-look/search.js`)) as typeof SecondLook;
    const search = await createSearch({ index: `${cdn}/second-look/` });
    let reasons: string[] = [];
    for await (const { missing } of search.query('unpublish')) reasons = missing.map(({ reason }) => reason);
    return reasons;
  }, cdn.origin);
  expect(reasons[0]).toContain(`say "worker-src blob: ${cdn.origin}"`);
});

test('a page opened from disk says that it has to be served', async ({ page }) => {
  const heard = troubles(page);
  await page.goto(`file://${join(pages, 'no-index.html')}`);
  const box = new SearchBox(page);
  await box.search('install');
  await expect(page.getByRole('alert')).toContainText(/browsers keep files to themselves.*over HTTP/);
  expect(heard.join('\n')).toContain('over HTTP');
});
