import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { readEncoderFile } from '../src/engine/encoder/encoder-file.js';
import { startLocalHub } from '../src/testing/local-hub.js';
import type { IndexSummary } from '../src/indexer/index-site.js';
import { CLI, type Outcome, runCli } from './run-cli.js';

const RERANKER = join(import.meta.dirname, '../models/reranker-v1');
const DOCS = join(import.meta.dirname, '../node_modules/npm/docs/output/commands');

const run = (...args: string[]): Promise<Outcome> => runCli({}, ...args);

/** Indexes by words alone, which takes no model and no time. */
const indexWords = (...args: string[]): Promise<Outcome> =>
  run('index', ...args, '--embedder', 'none', '--reranker', 'none');

let site: string;
test.beforeEach(async () => {
  site = await mkdtemp(join(tmpdir(), 'second-look-site-'));
});
test.afterEach(() => rm(site, { recursive: true }));

test('indexes a folder with both models, and prints what it did', async () => {
  for (const page of ['npm-unpublish.html', 'npm-ci.html', 'npm-whoami.html'])
    await cp(join(DOCS, page), join(site, page));
  const { code, out, err } = await run('index', site, '--cache', 'none');
  expect(code, err).toBe(0);
  expect(err).toContain('Reading pages: 3');
  expect(err).toMatch(/Embedding passages: \d+/);
  expect(out).toMatch(/Indexed 3 pages, \d+ sections, \d+ passages in .* s → .*\/second-look/);
  expect(out).toMatch(/keywords .*B, vectors .*B, passages .*B, models .*MB; .* in all/);
  expect(out).toContain('embedder Xenova/all-MiniLM-L6-v2, reranker reranker-v1');

  const files = await readdir(join(site, 'second-look'), { recursive: true });
  for (const file of [
    /^manifest\.json$/,
    /^second-look\.js$/,
    /^worker\..*\.js$/,
    /^embedder\/model\..*\.encoder$/,
  ])
    expect(
      files.some((name) => file.test(name)),
      String(file),
    ).toBe(true);
  expect(await readdir(site)).toHaveLength(4);
});

test('goes on where a run was killed, embeds only what is new, and serves the former index in between', async () => {
  test.slow();
  const pages = (await readdir(DOCS)).filter((page) => page.endsWith('.html'));
  for (const page of pages.slice(0, 12)) await cp(join(DOCS, page), join(site, page));
  const cache = ['--cache', join(site, '.cache'), '--reranker', 'none', '--no-script'];
  await indexWords(site, '--no-script');
  const manifest = join(site, 'second-look/manifest.json');
  const former = await readFile(manifest, 'utf8');

  const killed = spawn(process.execPath, [CLI, 'index', site, ...cache]);
  const segments = async (): Promise<string[]> =>
    existsSync(join(site, '.cache')) ? readdir(join(site, '.cache'), { recursive: true }) : [];
  await expect
    .poll(async () => (await segments()).some((name) => name.endsWith('.segment')), { timeout: 60_000 })
    .toBe(true);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  expect(await readFile(manifest, 'utf8')).toBe(former);

  const goesOn = await run('index', site, ...cache);
  expect(goesOn.out).toMatch(/[1-9]\d* passages unchanged since an earlier run/);
  const again = JSON.parse((await run('index', site, ...cache, '--json')).out) as IndexSummary;
  expect(again.unchanged).toBe(again.passages);
  await writeFile(join(site, pages[0]!), '<main><h1>New</h1><p>A page that was written again.</p></main>');
  const changed = JSON.parse((await run('index', site, ...cache, '--json')).out) as IndexSummary;
  expect(changed.unchanged).toBe(changed.passages - 1);
  expect((await readdir(site)).filter((name) => name.includes('draft'))).toEqual([]);
});

test('copies a cross-encoder of the hub into the index, so that visitors never ask the hub', async () => {
  const hub = await startLocalHub({
    'someone/cross-encoder': (file) =>
      join(RERANKER, file.replace('onnx/model_quantized.onnx', 'model.onnx')),
  });
  try {
    await writeFile(join(site, 'page.html'), '<p>Some words</p>');
    const env = { HF_ENDPOINT: hub.url, SECOND_LOOK_CACHE: join(site, '.cache') };
    const options = ['--embedder', 'none', '--reranker', 'someone/cross-encoder'];
    const { code, out, err } = await runCli(env, 'index', site, ...options);
    expect(code, err).toBe(0);
    expect(out).toContain('reranker someone/cross-encoder');
    const files = await readdir(join(site, 'second-look/reranker'));
    const weights = files.find((name) => name.endsWith('.encoder'))!;
    const copied = gunzipSync(await readFile(join(site, 'second-look/reranker', weights)));
    expect(readEncoderFile(copied, weights).shape).toMatchObject({ layers: 3, labels: 1 });
  } finally {
    hub.close();
  }
});

test('skips what cannot be indexed, names it, and goes on', async () => {
  await writeFile(join(site, 'good.html'), '<title>Good</title><main><h1>Good</h1><p>Some words.</main>');
  await writeFile(
    join(site, 'broken.html'),
    '<main><h2 id=a>Broken</h2><p>but <b>readable</i></div></table>',
  );
  await writeFile(join(site, 'empty.html'), '<html><body><nav>Menu</nav></body></html>');
  await writeFile(join(site, 'hidden.html'), '<meta name="robots" content="noindex"><p>Secret</p>');
  await writeFile(join(site, 'huge.html'), `<p>${'word '.repeat(4_000_000)}</p>`);
  const { code, out, err } = await indexWords(site);
  expect(code, err).toBe(0);
  expect(out).toContain('Indexed 2 pages');
  expect(out).toContain('Skipped 3 pages:');
  expect(out).toContain('empty.html: no text in its main content');
  expect(out).toContain('hidden.html: its robots meta says noindex');
  expect(out).toContain('huge.html: it has 20.0 MB, more than the 10.0 MB that a page may have');
});

test('refuses bad input by name, with what to do, and leaves nothing behind', async () => {
  const nowhere = await indexWords(join(site, 'nowhere'));
  expect(nowhere).toMatchObject({ code: 2, out: '' });
  expect(nowhere.err).toMatch(/nowhere is not a folder\. Name the folder that your site is built into/);

  const empty = await indexWords(site);
  expect(empty.err).toMatch(/has no files like .*html.*Build the site first/);

  await writeFile(join(site, 'page.html'), '<p>Some words</p>');
  expect((await run('index', site, '--reranker', 'no-such-model')).err).toMatch(
    /There is no reranker "no-such-model": expected a folder with ONNX weights, a model on the Hugging Face hub/,
  );
  expect((await indexWords(site, '--passage-tokens', 'many')).err).toMatch(
    /--passage-tokens is "many"; expected a number/,
  );
  expect((await indexWords(site, '--passage-tokens', '9')).err).toMatch(
    /passageTokens is 9; expected a number from 48 to 512/,
  );
  expect((await indexWords(site, '--out', join(tmpdir(), 'elsewhere'))).err).toMatch(
    /say it with --site-url/,
  );
  expect((await indexWords(site, '--colour')).err).toMatch(/Unknown option `--colour`/);
  expect((await run('idnex', site)).err).toMatch(/There is no command "idnex"/);
  expect((await run('index')).err).toMatch(/Say what to index: the folder that your site is built into/);

  await mkdir(join(site, 'mine'));
  await writeFile(join(site, 'mine/thesis.txt'), 'years of work');
  expect((await indexWords(site, '--out', join(site, 'mine'))).err).toMatch(
    /is not a search index, so it will not be/,
  );
  expect(await readdir(site)).toEqual(['mine', 'page.html']);
});

test('leaves the former index as it was when it fails', async () => {
  await writeFile(join(site, 'page.html'), '<p>Some words</p>');
  expect(await indexWords(site)).toMatchObject({ code: 0 });
  const before = await readFile(join(site, 'second-look/manifest.json'), 'utf8');
  await writeFile(join(site, 'page.html'), '<nav>Nothing</nav>');
  expect((await indexWords(site)).err).toMatch(
    /No page of .* can be indexed; 1 were skipped:\n {2}page\.html: no text/,
  );
  expect(await readFile(join(site, 'second-look/manifest.json'), 'utf8')).toBe(before);
});

test('says how it is used', async () => {
  expect((await run('--help')).out).toMatch(/index \[dir\]/);
  expect((await run('index', '--help')).out).toMatch(/--embedder <model>/);
  expect((await run('--version')).out).toMatch(/second-look\/\d+\.\d+\.\d+/);
});
