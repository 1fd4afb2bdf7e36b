import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import sirv from 'sirv';
import type * as SecondLook from '../src/index.js';
import { runCli } from './run-cli.js';
import { SearchBox } from './search-box.js';

/** Pages of a site that is filtered by section and sorted by date. */
const PAGES = {
  'index.html': '<main><h1>Home</h1><p>Start here.</p></main>',
  'tokens.html': `<main data-pagefind-filter="section:Guide"><h1>Tokens</h1>
    <p data-pagefind-sort="date:2024-05-01">A token signs you in.</p><img src="key.png" alt="A key"></main>`,
  'revoke.html': `<main><h1>Revoking</h1><p data-second-look-filter="section[title], tag:careful" title="Guide">
    Revoke a token that is lost.</p><i hidden data-pagefind-sort="date">2023-01-01</i></main>`,
  'api.html': `<main><h1>Token API</h1><p data-pagefind-filter="section:API">A token in a header.</p>
    <p data-pagefind-sort="date:2025-01-01" data-pagefind-meta="author:Ada">Send it with each request.</p></main>`,
};

let site: string;
let server: Server;
let url: string;
test.beforeAll(async () => {
  site = await mkdtemp(join(tmpdir(), 'second-look-filters-'));
  for (const [path, html] of Object.entries(PAGES)) await writeFile(join(site, path), html);
  const { code, out, err } = await runCli({}, 'index', site, '--reranker', 'none', '--cache', 'none');
  expect(code, err).toBe(0);
  expect(out).toContain('filters section, tag; sort keys date');
  server = createServer(sirv(site, { dev: true }));
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  url = `http://localhost:${(server.address() as AddressInfo).port}/`;
});
test.afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await rm(site, { recursive: true });
});
test.beforeEach(({ page }) => page.goto(url));

/** Every update of a query. */
async function ask(
  page: Page,
  text: string,
  options: SecondLook.QueryOptions,
): Promise<SecondLook.SearchUpdate[]> {
  return page.evaluate(
    async ([text, options]) => {
      const script = '/second-look/search.js';
      const { createSearch } = (await import(script)) as typeof SecondLook;
      const search = await createSearch();
      const updates: SecondLook.SearchUpdate[] = [];
      for await (const update of search.query(text, options)) updates.push(update);
      search.dispose();
      return updates;
    },
    [text, options] as const,
  );
}
const titles = (update: SecondLook.SearchUpdate | undefined): string[] =>
  update?.results.map(({ title }) => title) ?? [];

test('filters hold by words and by meaning, and values are counted', async ({ page }) => {
  const updates = await ask(page, 'token', { filters: { section: 'Guide' }, facets: true });
  expect(updates.map(({ stage }) => stage)).toContain('hybrid');
  for (const update of updates) {
    expect(titles(update).sort()).toEqual(['Revoking', 'Tokens']);
    expect(update.facets).toEqual({ section: { Guide: 2 }, tag: { careful: 1 } });
  }
  const [narrowed] = await ask(page, 'token', {
    filters: { section: ['Guide', 'API'], tag: { none: ['careful'] } },
  });
  expect(titles(narrowed).sort()).toEqual(['Token API', 'Tokens']);
});

test('a sort lists what words find, or all pages, in its order', async ({ page }) => {
  const newest = await ask(page, 'token', { sort: { by: 'date', order: 'desc' } });
  expect(newest.map(({ stage }) => stage)).toEqual(['keyword', 'done']);
  expect(titles(newest.at(-1))).toEqual(['Token API', 'Tokens', 'Revoking']);
  expect(titles((await ask(page, '', { sort: { by: 'date' } })).at(-1))).toEqual([
    'Revoking',
    'Tokens',
    'Token API',
    'Home',
  ]);
});

test('a page says what its author says of it, and the site which filters there are', async ({ page }) => {
  const [update] = await ask(page, '', { filters: { section: ['API', 'Guide'] } });
  expect(Object.fromEntries(update!.results.map(({ title, meta }) => [title, meta]))).toEqual({
    'Token API': { title: 'Token API', author: 'Ada' },
    Revoking: { title: 'Revoking' },
    Tokens: { title: 'Tokens', image: `${url}key.png`, image_alt: 'A key' },
  });
  const filters = await page.evaluate(async () => {
    const script = '/second-look/search.js';
    const { createSearch } = (await import(script)) as typeof SecondLook;
    return (await createSearch({ models: 'off' })).filters();
  });
  expect(filters).toEqual({ section: { API: 1, Guide: 2 }, tag: { careful: 1 } });
});

test('a filter file that is gone is named, and nothing is found rather than everything', async ({ page }) => {
  await page.route(/\/filters\/[0-9a-f]+\.bin/, (route) => route.fulfill({ status: 404 }));
  const last = (await ask(page, 'token', { filters: { section: 'Guide' } })).at(-1)!;
  expect(last.results).toEqual([]);
  const reason = last.missing.find(({ part }) => part === 'filters')?.reason;
  expect(reason).toMatch(/filters\/[0-9a-f]{12}\.bin .*HTTP 404/);
});

test('options that cannot be read are refused by name', async ({ page }) => {
  const messages = await page.evaluate(async () => {
    const script = '/second-look/search.js';
    const { createSearch } = (await import(script)) as typeof SecondLook;
    const search = await createSearch({ models: 'off' });
    const wrong = [{ filters: { section: 7 } }, { sort: 'date' }, { facets: 'section' }] as unknown[];
    return wrong.map((options) => {
      try {
        search.query('x', options as SecondLook.QueryOptions);
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    });
  });
  expect(messages.map((message) => message.split(';')[0])).toEqual([
    'filters.section is 7',
    'sort is "date"',
    'facets is "section"',
  ]);
});

test('the box narrows its list to values that the visitor ticks, and lists pages without a query', async ({
  page,
}) => {
  const box = new SearchBox(page);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.type = 'module';
    script.src = '/second-look/second-look.js';
    document.body.append(script, document.createElement('second-look'));
  });
  await box.search('token');
  await expect.poll(() => box.titles()).toHaveLength(3);
  await box.dialog.getByRole('button', { name: 'Filters' }).click();
  const section = box.dialog.getByRole('group', { name: 'section' });
  await expect(section.getByRole('checkbox', { name: 'Guide 2 pages' })).toBeVisible();
  await section.getByRole('checkbox', { name: 'Guide' }).check();
  await expect.poll(async () => (await box.titles()).sort()).toEqual(['Revoking', 'Tokens']);
  await box.dialog.getByRole('checkbox', { name: 'careful' }).check();
  await expect.poll(() => box.titles()).toEqual(['Revoking']);
  await expect(box.dialog.getByRole('button', { name: 'Filters' })).toContainText('2');

  await box.input.fill('');
  await expect.poll(() => box.titles()).toEqual(['Revoking']);
  await box.input.fill('zzzyyyxxx');
  await section.getByRole('checkbox', { name: 'Guide' }).uncheck();
  await box.input.fill('"signs you in"');
  await box.dialog.getByRole('button', { name: 'Search without filters' }).click();
  await expect.poll(() => box.titles()).toEqual(['Tokens']);
});
