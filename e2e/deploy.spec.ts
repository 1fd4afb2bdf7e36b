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
      { length: 12 },
      (_, number) =>
        `<h2 id="part-${number}">Part ${number}</h2><p>In ${year} the ${thing} was painted for the ${number}th time. ` +
        `${`People came to look at it, whatever the weather was like on day ${number}. `.repeat(12)}</p>`,
    );
    await writeFile(
      join(site, `${thing}.html`),
      `<html lang="en"><title>The ${thing} in ${year}</title>${BOX}<main><h1>The ${thing} in ${year}</h1>${sections.join('')}</main>`,
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

/** Opens a search on the page, which stays open, by its API. */
async function openSearch(page: Page): Promise<(query: string) => Promise<SecondLook.SearchUpdate[]>> {
  await page.goto(`${host.origin}/ferry.html`);
  const search = await page.evaluateHandle(async () => {
    const script = '/second-look/search.js';
    return ((await import(script)) as typeof SecondLook).createSearch();
  });
  return (query) =>
    search.evaluate(async (search, query) => {
      const updates: SecondLook.SearchUpdate[] = [];
      for await (const update of search.query(query)) updates.push(update);
      return updates;
    }, query);
}

const isModel = (url: string): boolean => url.endsWith('.encoder');
const titles = (updates: SecondLook.SearchUpdate[]): string[] =>
  updates.at(-1)!.results.map(({ title }) => title);

test('a page that was open before a deploy searches the new index, with the models that it has', async ({
  page,
}) => {
  await deploy(1999);
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text());
  });
  await page.goto(`${host.origin}/ferry.html`);
  const box = new SearchBox(page);
  await box.search('harbour');
  await box.secondLook();
  expect((await box.titles())[0]).toBe('The harbour in 1999');
  expect(asked.filter(isModel)).toHaveLength(2);

  await deploy(2024);
  asked = [];
  await box.search('lighthouse');
  await expect(box.rows.first()).toContainText('2024');
  await box.secondLook();
  expect((await box.titles())[0]).toBe('The lighthouse in 2024');
  await box.search('when was the ferry painted');
  await box.secondLook();
  expect((await box.titles()).every((title) => title.endsWith('2024'))).toBe(true);
  expect(asked.filter(isModel)).toEqual([]);
  expect(asked.filter((url) => url.endsWith('manifest.json'))).toHaveLength(1);
  await expect(page.getByRole('alert')).toHaveCount(0);
  // What a browser itself says of the files that are gone.
  expect(heard.filter((text) => !/404/.test(text))).toEqual([]);
});
