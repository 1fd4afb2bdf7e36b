import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import sirv from 'sirv';
import type * as SecondLook from '../src/index.js';
import opensearch from '../src/testing/engine-answers/opensearch.json' with { type: 'json' };
import { type EngineReply, type EngineServer, startEngineServer } from '../src/testing/engine-server.js';
import { type Outcome, runCli } from './run-cli.js';
import { SearchBox } from './search-box.js';

const PAGE = `<!doctype html><html lang="en"><title>A site</title>
<script type="module" src="/second-look/second-look.js"></script>
<second-look></second-look>`;

let folder: string;
let engine: EngineServer;
let reply: EngineReply;
let site: { url: string; close: () => void } | undefined;

const run = (...args: string[]): Promise<Outcome> => runCli({}, 'remote', ...args);
const write = (settings: unknown): Promise<void> =>
  writeFile(join(folder, 'engine.json'), typeof settings === 'string' ? settings : JSON.stringify(settings));
const file = (): string => join(folder, 'engine.json');
const out = (): string => join(folder, 'site/second-look');

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-look-remote-'));
  reply = { body: opensearch.hits };
  engine = await startEngineServer(() => reply);
});
test.afterEach(async () => {
  site?.close();
  site = undefined;
  await engine.close();
  await rm(folder, { recursive: true });
});

/** Builds the search for an engine and serves a page with the box, under a policy that lets it ask the engine. */
async function publish(connect = engine.url): Promise<string> {
  await write({ engine: 'opensearch', url: engine.url, collection: 'docs', timeout: 2000 });
  // The cross-encoder alone decides, so that the order shows whether it has read.
  const { code, err } = await run(file(), '--out', out(), '--rerank-weight', '1');
  expect(code, err).toBe(0);
  await writeFile(join(folder, 'site/index.html'), PAGE);
  const files = sirv(join(folder, 'site'), { dev: true });
  const server = createServer((request, response) => {
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; worker-src 'self'; connect-src 'self' ${connect}`,
    );
    files(request, response, () => void response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  site = { url: `http://127.0.0.1:${port}/`, close };
  return site.url;
}

test('writes a folder with the settings, models and the script, and no pages', async () => {
  await write({
    ...{ engine: 'opensearch', url: 'https://search.test', collection: 'docs' },
    headers: { Authorization: 'ApiKey c2VhcmNo' },
  });
  const { code, out: said, err } = await run(file(), '--out', out());
  expect(code, err).toBe(0);
  expect(said).toMatch(/Wrote a search of opensearch at https:\/\/search\.test → .*second-look/);
  expect(said).toMatch(/embedder none, reranker reranker-v1; models .* MB, .* MB in all/);
  expect(said).toMatch(
    /Public: every visitor can read Authorization\. A key there must be one that can search and nothing/,
  );
  const files = await readdir(out(), { recursive: true });
  expect(files.some((name) => /^reranker\/model\..*\.encoder$/.test(name))).toBe(true);
  expect(files).toContain('second-look.js');
  expect(files.some((name) => /^(keywords|passages|vectors|embedder)/.test(name))).toBe(false);
  const manifest = JSON.parse(await readFile(join(out(), 'manifest.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  expect(manifest).toMatchObject({
    keywords: [],
    pages: [],
    passages: [],
    site: '/',
    remote: { engine: 'opensearch' },
  });
});

test('the box shows what the engine finds, and the second look puts it in order', async ({ page }) => {
  test.slow();
  await page.goto(await publish());
  const box = new SearchBox(page);
  await box.search('a database of packages');
  await expect(box.rows).toHaveCount(3);
  await box.secondLook();
  await expect(box.status).toHaveText(/all 3 passages read/);
  // The engine has it last.
  expect((await box.titles())[0]).toBe('Registry');
  const first = box.rows.first();
  // Behind the address, the words that the page is to show.
  await expect
    .poll(async () => (await first.getAttribute('href'))?.split('#')[0])
    .toBe(`${site!.url}using-npm/registry.html`);
  await expect(first.locator('mark').first()).toHaveText('database');
  // Filling the field is one query: one request.
  expect(engine.calls).toHaveLength(1);
  expect(engine.calls[0]).toMatchObject({ method: 'POST', path: '/docs/_search', body: { size: 50 } });
});

test('an engine that fails: a calm message, and rows again when it is back', async ({ page }) => {
  reply = { status: 503, body: { error: 'overloaded' } };
  await page.goto(await publish());
  const box = new SearchBox(page);
  await box.search('undo');
  const calm = 'The search does not answer at the moment. Please try again in a while.';
  await expect(box.dialog.locator('.message')).toHaveText(calm);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(box.rows).toHaveCount(0);

  reply = { body: opensearch.hits };
  await box.search('undo a publish');
  await expect(box.rows).toHaveCount(3);
  await expect(box.dialog.getByText(calm)).toHaveCount(0);
});

test('an engine that the page may not ask: the API says what to allow', async ({ page }) => {
  await page.goto(await publish(''));
  const missing = await page.evaluate(async () => {
    const script = '/second-look/search.js';
    const { createSearch } = (await import(script)) as typeof SecondLook;
    const search = await createSearch({ models: 'off' });
    let last: SecondLook.SearchUpdate | undefined;
    for await (const update of search.query('undo')) last = update;
    return last?.missing;
  });
  expect(missing?.[0]).toMatchObject({ part: 'remote' });
  expect(missing?.[0]?.reason).toContain(`connect-src ${engine.url}`);
  expect(missing?.[0]?.reason).toMatch(/CORS/);
  expect(engine.calls).toEqual([]);
});

test('refuses bad input by name, with what to do, and leaves nothing behind', async () => {
  const refused = async (settings: unknown, ...flags: string[]): Promise<string> => {
    await write(settings);
    const { code, err } = await run(file(), '--out', out(), ...flags);
    expect(code).toBe(2);
    return err;
  };
  const good = { engine: 'opensearch', url: 'https://search.test', collection: 'docs' };
  expect(await refused('{"engine":')).toMatch(/engine\.json is not JSON/);
  expect(await refused({ ...good, colour: 'red' })).toMatch(/engine\.json: colour: there is no such key/);
  expect(await refused({ ...good, limit: 0 })).toMatch(
    /limit: expected a whole number from 1 to 250, found 0/,
  );
  expect(await refused(good, '--embedder', 'someone/model')).toMatch(
    /embedder is "someone\/model", and .* sends no vector/,
  );
  expect(await refused({ ...good, vector: 'embedding' }, '--embedder', 'none')).toMatch(
    /embedder is "none", and .* sends the query's vector/,
  );
  expect(await refused(good, '--site-url', 'ftp://x')).toMatch(
    /siteUrl is "ftp:\/\/x"; expected the root of the site/,
  );
  expect(await refused(good, '--rerank-weight', '2')).toMatch(
    /rerankWeight is 2; expected a number from 0 to 1/,
  );
  await write(good);
  expect((await run(file())).err).toMatch(/Say where the index goes.*--out/);
  expect((await run(join(folder, 'nowhere.json'), '--out', out())).err).toMatch(
    /nowhere\.json could not be read/,
  );
  expect(await readdir(folder)).toEqual(['engine.json']);
});
