import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { contentSecurityPolicy } from '../src/demo/content-security-policy.js';
import type * as SecondLook from '../src/index.js';
import { runCli } from './run-cli.js';
import { SearchBox } from './search-box.js';
import { type Host, startHost } from './start-host.js';

const BOX = '<script type="module" src="/second-look/second-look.js"></script>';

/** A site in English and German, each page with the box. */
const PAGES: Record<string, string> = {
  'index.html': `<html lang="en"><title>Guide</title>${BOX}<second-look></second-look>
    <main><h1>Guide</h1><p>How houses are built, and deployed to kubernetes.</p></main>`,
  'install.html': `<html lang="en-GB"><title>Installing</title>${BOX}<main><h1>Installing</h1><p>Packages.</p></main>`,
  'de/index.html': `<html lang="de-AT"><title>Anleitung</title>${BOX}<second-look></second-look>
    <main><h1>Anleitung</h1><p>Wie man Häuser baut und auf Kubernetes betreibt.</p></main>`,
  'de/groesse.html': `<html lang="de-AT"><title>Größe</title>${BOX}<main><h1>Größe</h1><p>Die Größen der Pakete.</p></main>`,
  'mixed.html': `<html lang="en"><title>Mixed</title>${BOX}<div lang="de"><second-look></second-look></div>
    <main><h1>Mixed</h1><p>English, with a German box.</p></main>`,
};

let site: string;
let server: Host;
let url: string;
test.beforeAll(async () => {
  site = await mkdtemp(join(tmpdir(), 'second-look-languages-'));
  for (const [file, html] of Object.entries(PAGES)) {
    await mkdir(dirname(join(site, file)), { recursive: true });
    await writeFile(join(site, file), html);
  }
  const synonyms = join(site, 'synonyms.json');
  await writeFile(synonyms, '[["k8s", "kubernetes"]]');
  const options = ['--embedder', 'none', '--reranker', 'none', '--synonyms', synonyms];
  const { code, err } = await runCli({}, 'index', site, ...options);
  expect(code, err).toBe(0);
  const headers = { 'Content-Security-Policy': contentSecurityPolicy };
  server = await startHost({ folders: [['/', site]], headers });
  url = `${server.origin}/`;
});
test.afterAll(async () => {
  await server.stop();
  await rm(site, { recursive: true });
});

test('each page searches its own language, and loads the code of no other', async ({ page }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname.replace('/second-look/', '')));
  const box = new SearchBox(page);

  await page.goto(url);
  await box.search('house');
  await expect.poll(() => box.titles()).toEqual(['Guide']);
  expect(loaded.filter((file) => /^(german|manifest\.|language)/.test(file))).toEqual(['manifest.json']);

  loaded.length = 0;
  await page.goto(`${url}de/`);
  const german = new SearchBox(page, 'Suche');
  await german.search('haus');
  await expect.poll(() => german.titles()).toEqual(['Anleitung']);
  await german.search('groesse ');
  await expect.poll(() => german.titles()).toEqual(['Größe']);
  await expect(german.dialog.locator('mark').first()).toHaveText('Größen');
  expect(loaded).toContain('manifest.de-AT.json');
  expect(loaded.filter((file) => /^(german|french)/.test(file))).toEqual([
    expect.stringMatching(/^german\./),
  ]);
  // Nothing has failed: the index was built without models.
  await expect(german.status).toHaveText('');
});

test('a box takes the language of the nearest element that says one', async ({ page }) => {
  await page.goto(`${url}mixed.html`);
  const box = new SearchBox(page, 'Suche');
  await box.search('haus');
  await expect.poll(() => box.titles()).toEqual(['Anleitung']);
});

test('synonyms of the site are found in each language, and marked', async ({ page }) => {
  for (const [path, name, title] of [
    ['', 'Search', 'Guide'],
    ['de/', 'Suche', 'Anleitung'],
  ] as const) {
    const box = new SearchBox(page, name);
    await page.goto(url + path);
    await box.search('k8s');
    await expect.poll(() => box.titles()).toEqual([title]);
    await expect(box.dialog.locator('mark').first()).toHaveText(/kubernetes/i);
  }
});

test('the API says which language it searches, and which there are', async ({ page }) => {
  await page.goto(`${url}de/`);
  const infos = await page.evaluate(async () => {
    const script = '/second-look/search.js';
    const { createSearch } = (await import(script)) as typeof SecondLook;
    const wanted = [
      {},
      { language: 'en' },
      { language: 'de-CH' },
      { language: 'fr' },
      { language: 'no tag' },
    ];
    const searches = await Promise.all(wanted.map((options) => createSearch(options)));
    return searches.map(({ info: { language, languages, pages } }) => ({ language, languages, pages }));
  });
  expect(infos.map(({ language }) => language)).toEqual(['de-AT', 'en', 'de-AT', 'en', 'en']);
  expect(infos.map(({ pages }) => pages)).toEqual([2, 3, 2, 3, 3]);
  for (const { languages } of infos) expect(languages).toEqual(['en', 'de-AT']);
});

test('a language file that cannot be had: words are searched as they are, and the box says so', async ({
  page,
}) => {
  await page.route(/\/german\.[\w-]+\.js$/, (route) => route.fulfill({ status: 404 }));
  await page.goto(`${url}de/`);
  const box = new SearchBox(page, 'Suche');
  await box.search('haus');
  await expect.poll(() => box.titles()).toEqual(['Anleitung']);
  await expect(box.status).toHaveText('In dieser Sprache kann im Moment nur eingeschränkt gesucht werden.');
});

test('eval takes a language by name, and names those there are where it has none', async () => {
  const queries = join(site, 'queries.jsonl');
  const qrels = join(site, 'qrels.tsv');
  await writeFile(queries, '{"_id":"1","text":"haus"}\n');
  await writeFile(qrels, 'query-id\tcorpus-id\tscore\n1\tde/\t1\n');
  const labels = ['--queries', queries, '--qrels', qrels, '--group', 'page', '--stages', 'keyword', '--json'];
  const index = join(site, 'second-look');
  const german = await runCli({}, 'eval', index, ...labels, '--language', 'de');
  expect(german.code, german.err).toBe(0);
  expect(JSON.parse(german.out)).toMatchObject({ stages: { keyword: { 'ndcg@10': 1 } } });
  const french = await runCli({}, 'eval', index, ...labels, '--language', 'fr');
  expect(french.code).toBe(2);
  expect(french.err).toContain('has nothing in "fr"; it is in en, de-AT');
});

test('--language puts all pages into one index, and a model that does not read it is left out and named', async () => {
  const out = join(site, 'one');
  const forced = await runCli(
    {},
    'index',
    site,
    '--language',
    'de',
    '--out',
    out,
    '--cache',
    'none',
    '--no-script',
  );
  expect(forced.code, forced.err).toBe(0);
  expect(forced.out).toContain('Indexed 5 pages');
  expect(forced.out).toContain('embedder none, reranker none');
  expect(forced.out).toMatch(/MiniLM-L6-v2 and reranker-v1 do not read de: .*--embedder/);
  const wrong = await runCli({}, 'index', site, '--language', 'no tag', '--out', out);
  expect(wrong.err).toContain('language is "no tag"; expected a BCP 47 tag');
});
