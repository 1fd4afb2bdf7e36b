import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type * as SecondLook from '../src/index.js';
import { runCli } from './run-cli.js';
import { holdBack, SearchBox } from './search-box.js';
import { type Host, startHost } from './start-host.js';

const WORDS = ['--embedder', 'none', '--reranker', 'none'];
const BOX =
  '<link rel="icon" href="data:,"><script type="module" src="/second-look/second-look.js"></script><second-look></second-look>';

let site: string;
let host: Host;
/** What was asked of the host. */
let asked: string[];
let before: (request: IncomingMessage, response: ServerResponse) => boolean;

test.beforeEach(async () => {
  site = await mkdtemp(join(tmpdir(), 'second-look-deploy-'));
  asked = [];
  before = () => false;
  host = await startHost({
    folders: [['/', site]],
    before: (request, response) => {
      asked.push(request.url ?? '');
      return before(request, response);
    },
  });
});
test.afterEach(async () => {
  await host.stop();
  await rm(site, { recursive: true });
});

/** Publishes a site of three pages, each so long that its texts are a file of their own; the files of the one before go. */
async function deploy(year: number, ...flags: string[]): Promise<void> {
  for (const thing of ['harbour', 'lighthouse', 'ferry']) {
    const sections = Array.from(
      { length: 7 },
      (_, number) =>
        `<h2 id="part-${number}">Part ${number}</h2><p>In ${year} the ${thing} was painted for the ${number}th time. ` +
        `${`People came to look at it, whatever the weather was like on day ${number}. `.repeat(12)}</p>`,
    );
    await writeFile(
      join(site, `${thing}.html`),
      `<html lang="en"><title>The ${thing} in ${year}</title>${BOX}<main>
        <h1 data-pagefind-filter="thing:${thing}">The ${thing} in ${year}</h1>${sections.join('')}</main>`,
    );
  }
  const { code, err } = await runCli({}, 'index', site, '--cache', 'none', ...flags);
  expect(code, err).toBe(0);
}

/** Answers as hosts do that send a page for whatever they do not have. */
function sendsPages({ url = '' }: IncomingMessage, response: ServerResponse): boolean {
  if (existsSync(join(site, url))) return false;
  response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Nothing here</title>');
  return true;
}

/** Gives the last update. */
type Ask = (
  query: string,
  options?: Pick<SecondLook.QueryOptions, 'filters'>,
) => Promise<SecondLook.SearchUpdate>;

/** Opens a search on the page, which stays open, by its API. */
async function openSearch(page: Page): Promise<Ask> {
  await page.goto(`${host.origin}/ferry.html`);
  const search = await page.evaluateHandle(async () => {
    const script = '/second-look/search.js';
    return ((await import(script)) as typeof SecondLook).createSearch();
  });
  return (query, options = {}) =>
    search.evaluate(
      async (search, { query, options }) => {
        let last: SecondLook.SearchUpdate | undefined;
        for await (last of search.query(query, options));
        return last!;
      },
      { query, options },
    );
}

const isModel = (url: string): boolean => url.endsWith('.encoder');
const isManifest = (url: string): boolean => url.endsWith('/manifest.json');
const titles = ({ results }: SecondLook.SearchUpdate): string[] => results.map(({ title }) => title);

test('a page that was open before a deploy searches what is there now, with the models that it has', async ({
  page,
}) => {
  await deploy(1999);
  const ask = await openSearch(page);
  const first = await ask('harbour', { filters: { thing: 'harbour' } });
  expect(titles(first)).toEqual(['The harbour in 1999']);
  expect(first).toMatchObject({ missing: [], progress: expect.anything() });
  expect(asked.filter(isModel)).toHaveLength(2);

  await deploy(2024);
  asked = [];
  const second = await ask('when was the lighthouse painted');
  expect(titles(second)[0]).toBe('The lighthouse in 2024');
  expect(titles(second).filter((title) => !title.endsWith('2024'))).toEqual([]);
  expect(second).toMatchObject({ stage: 'done', missing: [], progress: expect.anything() });
  expect(asked.filter(isManifest)).toHaveLength(1);
  expect(asked.filter(isModel)).toEqual([]);
});

for (const [where, answers] of [
  ['that says so of files that are gone', () => false],
  ['that sends a page for them', sendsPages],
] as const)
  test(`on a host ${where}, the box shows rows of the new index, also where it came amid a query`, async ({
    page,
  }) => {
    before = answers;
    await deploy(1999, ...WORDS);
    await page.goto(`${host.origin}/ferry.html`);
    const box = new SearchBox(page);
    await box.search('harbour');
    await expect(box.rows.first()).toContainText('In 1999 the harbour');

    await deploy(2010, ...WORDS);
    await box.search('lighthouse');
    await expect(box.rows.first()).toContainText('In 2010 the lighthouse');
    await expect(box.status).toBeEmpty();

    // Its words are looked up in the old index, its texts are not there any more.
    const letGo = await holdBack(page, /\/passages\//);
    const request = page.waitForRequest(/\/passages\//);
    await box.search('ferry');
    await request;
    await deploy(2024, ...WORDS);
    letGo();
    await expect(box.rows.first()).toContainText('In 2024 the ferry');
    await expect(box.status).toBeEmpty();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

test('a page is told to be loaded again where the site has another version of the search by now', async ({
  page,
}) => {
  await deploy(1999, ...WORDS);
  const box = new SearchBox(page);
  const searchThenDeploy = async (): Promise<void> => {
    await page.goto(`${host.origin}/ferry.html`);
    await box.search('harbour');
    await expect(box.rows.first()).toBeVisible();
    await rm(join(site, 'second-look/passages'), { recursive: true });
  };
  await searchThenDeploy();
  await page.route(/manifest\.json/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/"format": ?\d+/, '"format":99') });
  });
  await box.search('lighthouse');
  await expect(page.getByRole('alert')).toContainText(/The site has changed.*Reload the page/);

  await page.unrouteAll();
  await deploy(2010, ...WORDS);
  // Code that was never loaded is gone too.
  await page.route(/reopen-index/, (route) => route.fulfill({ status: 404 }));
  await searchThenDeploy();
  await box.search('lighthouse');
  await expect(page.getByRole('alert')).toContainText(/The site may have changed: reload the page/);

  await page.goto(`${host.origin}/ferry.html`);
  await page.route(/\/(worker|connect-otherwise)\./, (route) => route.fulfill({ status: 404 }));
  await box.search('harbour');
  await expect(page.getByRole('alert')).toContainText(/The search cannot be loaded. Reload the page/);
});
