import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { contentSecurityPolicy } from '../src/demo/content-security-policy.js';
import type * as SecondLook from '../src/index.js';
import { runCli } from './run-cli.js';
import { SearchBox } from './search-box.js';
import { type Host, startHost } from './start-host.js';

const SCRIPT = '/guide/second-look/search.js';
const BOX = `<script type="module" src="/guide/second-look/second-look.js"></script>
  <second-look index="/guide/second-look/ /reference/second-look/"></second-look>`;

/** A host with two sites, whose indexes have the same reranker; the page outside both searches both. */
let host: string;
let server: Host;
let url: string;
test.beforeAll(async () => {
  host = await mkdtemp(join(tmpdir(), 'second-look-sites-'));
  const docs = join(import.meta.dirname, '../node_modules/npm/docs/output');
  for (const [site, folder] of [
    ['guide', 'using-npm'],
    ['reference', 'configuring-npm'],
  ] as const) {
    await mkdir(join(host, site));
    for (const file of (await readdir(join(docs, folder)))
      .filter((name) => name.endsWith('.html'))
      .slice(0, 8))
      await cp(join(docs, folder, file), join(host, site, file));
    const { code, err } = await runCli({}, 'index', join(host, site), '--embedder', 'none');
    expect(code, err).toBe(0);
  }
  await writeFile(join(host, 'index.html'), `<html lang="en"><title>Both</title>${BOX}`);
  const headers = { 'Content-Security-Policy': contentSecurityPolicy };
  server = await startHost({ folders: [['/', host]], headers });
  url = `${server.origin}/`;
});
test.afterAll(async () => {
  await server.stop();
  await rm(host, { recursive: true });
});

test('two sites are one list, in one worker, with one reranker', async ({ page }) => {
  const weights: string[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('.encoder')) weights.push(response.url());
  });
  await page.goto(url);
  const { last, single, info, context } = await page.evaluate(async (script) => {
    const { createSearch } = (await import(script)) as typeof SecondLook;
    const both = ['/guide/second-look/', '/reference/second-look/'];
    const lastOf = async (search: SecondLook.Search): Promise<SecondLook.SearchUpdate> => {
      let last: SecondLook.SearchUpdate | undefined;
      const asked = { limit: 50, rerank: { candidates: 4 } };
      for await (const update of search.query('install a package', asked)) last = update;
      return last!;
    };
    const search = await createSearch({ index: both });
    const last = await lastOf(search);
    const context = await search.context('install a package', { maxTokens: 400, rerank: { candidates: 4 } });
    const single = await lastOf(await createSearch({ index: both[0]! }));
    return { last, single, info: search.info, context };
  }, SCRIPT);

  expect(last).toMatchObject({ stage: 'done', missing: [], progress: { read: 8, of: 8 } });
  const sites = last.results.map((result) => new URL(result.url).pathname.split('/')[1]);
  expect(new Set(sites)).toEqual(new Set(['guide', 'reference']));
  expect(last.results.length).toBeGreaterThan(single.results.length);
  const scores = last.results.filter(({ sections }) => !sections[0]!.why.exact).map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((one, other) => other - one));
  expect(info.pages).toBe(16);

  expect(context.tokens).toBeLessThanOrEqual(400);
  expect(context.passages.length).toBeGreaterThan(1);
  expect(page.workers()).toHaveLength(1);
  expect(weights).toHaveLength(1);
  // The bytes of the reranker that both have count once.
  expect(info.modelBytes).toBeLessThan(25e6);
});

test('one that is gone is named, and the box shows the rows of the other', async ({ page }) => {
  await page.route('**/reference/second-look/manifest.json', (route) => route.fulfill({ status: 404 }));
  await page.goto(url);
  const box = new SearchBox(page);
  await box.search('scripts');
  await expect(box.rows.first()).toBeVisible();
  for (const link of await box.rows.all()) expect(await link.getAttribute('href')).toContain('/guide/');
  await expect(box.status).toHaveText('One site cannot be searched.', { timeout: 60_000 });
});
