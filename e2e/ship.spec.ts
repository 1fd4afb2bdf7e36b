import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Diagnosis } from '../src/doctor/examine.js';
import type { IndexSummary } from '../src/indexer/index-site.js';
import { CLI, type Outcome, runCli } from './run-cli.js';
import { SearchBox } from './search-box.js';

const WORDS = ['--embedder', 'none', '--reranker', 'none'];
const LINES = '<script type="module" src="/second-look/second-look.js"></script><second-look></second-look>';

const run = (...args: string[]): Promise<Outcome> => runCli({}, ...args);
const summary = async (...args: string[]): Promise<IndexSummary> => {
  const { code, out, err } = await run('index', ...args, '--json');
  expect(code, err).toBe(0);
  return JSON.parse(out) as IndexSummary;
};

let site: string;
let server: ChildProcess | undefined;
test.beforeEach(async () => {
  site = await mkdtemp(join(tmpdir(), 'second-look-ship-'));
});
test.afterEach(async () => {
  server?.kill('SIGKILL');
  server = undefined;
  await rm(site, { recursive: true });
});

/** Starts `second-look serve` and returns the address that it prints. */
async function serve(...args: string[]): Promise<string> {
  server = spawn(process.execPath, [CLI, 'serve', ...args], { env: { ...process.env, NO_COLOR: '1' } });
  let printed = '';
  for await (const chunk of server.stdout!) {
    printed += String(chunk);
    const [url] = /http:\S+/.exec(printed) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error(`serve printed: ${printed}`);
}

test('an index can be served, searched and examined before it is deployed', async ({ page }) => {
  await writeFile(
    join(site, 'index.html'),
    `<title>Home</title>${LINES}<main><h1>Harbour</h1><p>Boats.</p></main>`,
  );
  await summary(site, ...WORDS);
  const url = await serve(site, '--isolate');

  await page.goto(url);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const box = new SearchBox(page);
  await box.search('boats');
  await expect(box.rows.first()).toContainText('Boats');

  const found = await run('doctor', url, '--json');
  expect(found.code, found.out).toBe(0);
  const { index, findings } = JSON.parse(found.out) as Diagnosis;
  expect(index).toBe(`${url}second-look/`);
  expect(findings.filter(({ status }) => status === 'failure')).toEqual([]);
  expect(findings).toContainEqual(
    expect.objectContaining({ status: 'ok', what: expect.stringContaining('are of this version') }),
  );

  await rm(join(site, 'second-look/passages'), { recursive: true });
  const broken = await run('doctor', `${url}second-look/`);
  expect(broken.code).toBe(1);
  expect(broken.out).toMatch(/failure\s+files\s+1 of \d+ files .*passages\/\w+\.bin \(HTTP 404\)/);
  expect((await run('doctor', 'dist')).code).toBe(2);

  const { port } = new URL(url);
  const taken = await run('serve', site, '--port', port);
  expect(taken).toMatchObject({ code: 2, out: '' });
  expect(taken.err).toContain(`Port ${port} is taken`);
  const ended = once(server!, 'exit');
  server!.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
});

test('a config file says what flags do not', async () => {
  await mkdir(join(site, 'dist'));
  await writeFile(join(site, 'dist/a.html'), '<p>Words</p>');
  await writeFile(join(site, 'dist/b.html'), '<p>More words</p>');
  await mkdir(join(site, 'node_modules'));
  await symlink(join(import.meta.dirname, '..'), join(site, 'node_modules/second-look'));
  const config = join(site, 'second-look.config.ts');
  const write = (options: string): Promise<void> =>
    writeFile(
      config,
      `import { defineConfig } from 'second-look/config';\nexport default defineConfig(${options});`,
    );

  await write(
    "{ site: 'dist', exclude: ['b.html'], embedder: 'none', reranker: 'none', language: 'de', script: false }",
  );
  const made = await summary('--config', config, '--language', 'fr');
  expect(made).toMatchObject({
    folder: join(site, 'dist/second-look'),
    pages: 1,
    languages: [{ language: 'fr' }],
  });
  expect(existsSync(join(site, 'dist/second-look/second-look.js'))).toBe(false);

  await write("{ site: 'dist', exlude: ['b.html'] }");
  const refused = await run('index', '--config', config);
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toMatch(
    /second-look\.config\.ts: there is no option "exlude"; did you mean "exclude"\?/,
  );

  await mkdir(join(site, 'labels/qrels'), { recursive: true });
  await writeFile(join(site, 'labels/queries.jsonl'), '{"_id":"1","text":"words"}');
  await writeFile(join(site, 'labels/qrels/test.tsv'), '1\ta.html\t1\n');
  const ofEval = "labels: 'labels', eval: { stages: ['keyword'], group: 'page' }";
  await write(`{ site: 'dist', embedder: 'none', passageTokens: 64, ${ofEval} }`);
  const evaluated = await run('eval', '--config', config, '--json');
  expect(evaluated.code, evaluated.err).toBe(0);
  expect(JSON.parse(evaluated.out)).toMatchObject({ collection: 'dist', queries: 1, group: 'page' });

  await write("{ site: 'dist', reranker: 'none', siteUrl: '/docs/', remote: { file: 'engine.json' } }");
  await writeFile(
    join(site, 'engine.json'),
    '{ "engine": "typesense", "url": "https://search.example.org", "collection": "docs" }',
  );
  const remote = await run('remote', '--config', config, '--json');
  expect(remote.code, remote.err).toBe(0);
  expect(JSON.parse(await readFile(join(site, 'dist/second-look/manifest.json'), 'utf8'))).toMatchObject({
    site: '/docs/',
  });
  const label = await run('label', '--config', config);
  expect(label).toMatchObject({ code: 2, out: '' });
  expect(label.err).toMatch(
    /dist\/second-look has no pages of its own: a search engine takes its first look/,
  );
});

test('pages come from JSON lines, Markdown and sitemaps too, with flags as Pagefind has them', async () => {
  await writeFile(
    join(site, 'pages.jsonl'),
    '{"url":"/guide/","title":"Guide","text":"Set up the harbour."}\n{"url":"/guide/#boats","title":"Boats","text":"Row."}\n',
  );
  const out = join(site, 'public/second-look');
  const lines = [join(site, 'pages.jsonl'), '--out', out, ...WORDS];
  expect(await summary(...lines)).toMatchObject({ pages: 1, sections: 2 });
  expect(JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'))).toMatchObject({ site: '/' });
  await writeFile(join(site, 'pages.jsonl'), '{"url":"/guide/"}');
  const refused = await run('index', ...lines);
  expect(refused.code).toBe(2);
  expect(refused.err).toMatch(/pages\.jsonl, line 1: expected either text or html/);

  await mkdir(join(site, 'docs'));
  await writeFile(join(site, 'docs/a.md'), '---\ntitle: Set up\n---\n\n## Boats\n\nRow.');
  await writeFile(join(site, 'docs/draft.md'), '---\ndraft: true\n---\nRow.');
  expect(await summary('--site', join(site, 'docs'), '--output-subdir', 'find', ...WORDS)).toMatchObject({
    folder: join(site, 'docs/find'),
    pages: 1,
    skipped: [{ file: 'draft.md' }],
  });
  expect((await run('index', join(site, 'docs'), '--keep-index-url')).err).toMatch(
    /is Pagefind's, and second-look/,
  );

  await writeFile(join(site, 'public/page.html'), '<p>Sail.</p>');
  await writeFile(
    join(site, 'public/sitemap.xml'),
    '<urlset><url><loc>https://example.org/page.html</loc></url></urlset>',
  );
  const url = await serve(join(site, 'public'));
  expect(await summary('--sitemap', `${url}sitemap.xml`, '--out', out, ...WORDS)).toMatchObject({ pages: 1 });
});

test('every command shows by example how it is used, and what its exit codes mean', async () => {
  for (const command of ['index', 'eval', 'label', 'remote', 'serve', 'doctor']) {
    const { code, out } = await run(command, '--help');
    expect(code, command).toBe(0);
    expect(out, command).toMatch(new RegExp(`Examples:\\nsecond-look ${command} `));
    expect(out, command).toMatch(/Exit codes:\n {2}0 {2}done/);
  }
});
