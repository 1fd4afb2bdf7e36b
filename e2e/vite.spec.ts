import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { build, createServer, type InlineConfig, preview, type ViteDevServer } from 'vite';
import type * as Plugin from '../src/vite/index.js';
import { SearchBox } from './search-box.js';

const ROOT = join(import.meta.dirname, '..');
const { secondLook } = (await import(pathToFileURL(join(ROOT, 'dist/node/vite.js')).href)) as typeof Plugin;

let site: string;

/** A page of the project, as its author writes it. */
const page = (title: string, text: string): string => `<!doctype html>
<html lang="en"><head><title>${title}</title></head>
<body><second-look></second-look><main><h1>${title}</h1><p>${text}</p></main></body></html>`;

test.beforeEach(async () => {
  site = await mkdtemp(join(tmpdir(), 'second-look-vite-'));
  await mkdir(join(site, 'guide'));
  await writeFile(join(site, 'index.html'), page('Home', 'The home of quokkas.'));
  await writeFile(join(site, 'guide/index.html'), page('Guide', 'How to feed wallabies.'));
});
test.afterEach(() => rm(site, { recursive: true }));

const configOf = (options: Plugin.SecondLookOptions, more: InlineConfig = {}): InlineConfig => ({
  root: site,
  configFile: false,
  logLevel: 'silent',
  appType: 'mpa',
  build: { rolldownOptions: { input: [join(site, 'index.html'), join(site, 'guide/index.html')] } },
  plugins: [secondLook(options)],
  ...more,
});
const words: Plugin.SecondLookOptions = { embedder: 'none', reranker: 'none' };

async function titlesFor(page: Page, url: string, query: string): Promise<string[]> {
  await page.goto(url);
  const box = new SearchBox(page);
  await box.search(query);
  await expect(box.status).toHaveText(/No results|words alone|^$/);
  await expect(box.rows.first().or(box.dialog.getByText(/nothing|no results/i).first())).toBeVisible();
  return box.titles();
}

test('vite build leaves an index of every page, and its pages search it', async ({ page }) => {
  await build(configOf(words));
  expect(await readdir(join(site, 'dist'))).toContain('second-look');
  expect(await readFile(join(site, 'dist/guide/index.html'), 'utf8')).toContain(
    '<script type="module" src="/second-look/second-look.js"></script>',
  );
  const server = await preview({ root: site, configFile: false, preview: { port: 0 } });
  try {
    const origin = server.resolvedUrls!.local[0]!;
    expect(await titlesFor(page, `${origin}guide/`, 'wallabies')).toEqual(['Guide']);
  } finally {
    await server.close();
  }
});

test('a relative base, no tag, and a build of a server', async () => {
  await build(configOf(words, { base: './' }));
  expect(await readFile(join(site, 'dist/guide/index.html'), 'utf8')).toContain(
    'src="./../second-look/second-look.js"',
  );
  await build(configOf({ ...words, inject: false, script: false }));
  expect(await readFile(join(site, 'dist/index.html'), 'utf8')).not.toContain('second-look.js');
  expect(await readdir(join(site, 'dist/second-look'))).not.toContain('second-look.js');
  await writeFile(join(site, 'server.js'), 'export const render = () => 1;');
  await build(configOf(words, { build: { ssr: 'server.js', outDir: 'dist-server' } }));
  expect(await readdir(join(site, 'dist-server'))).toEqual(['server.mjs']);
});

test('an option that cannot be fails the build, and says which', async () => {
  await expect(build(configOf({ ...words, passageTokens: 3 }))).rejects.toThrow(
    /passageTokens is 3; expected a number from 48 to 512/,
  );
});

test.describe('vite dev', () => {
  let server: ViteDevServer;
  const serve = async (options: Plugin.SecondLookOptions, base = '/'): Promise<string> => {
    server = await createServer(configOf(options, { base, server: { port: 0 } }));
    await server.listen();
    return server.resolvedUrls!.local[0]!;
  };
  const before = new Set<string>();
  const devFolders = async (): Promise<string[]> =>
    (await readdir(tmpdir())).filter((name) => name.startsWith('second-look-dev-') && !before.has(name));
  test.beforeEach(async () => (await devFolders()).forEach((name) => before.add(name)));
  test.afterEach(async () => {
    await server.close();
    expect(await devFolders(), 'what is left behind').toEqual([]);
  });

  test('pages are searched as they are, while they are edited', async ({ page: tab }) => {
    const origin = await serve({});
    expect(await titlesFor(tab, origin, 'quokkas')).toEqual(['Home']);
    await writeFile(join(site, 'guide/index.html'), page('Guide', 'How to feed numbats.'));
    await expect.poll(() => titlesFor(tab, origin, 'numbats')).toEqual(['Guide']);
    expect(await titlesFor(tab, origin, 'wallabies')).toEqual([]);
  });

  test('what is wrong can be mended, what is left out is, and a restart goes on', async ({ page: tab }) => {
    const synonyms = join(site, 'synonyms.json');
    await writeFile(synonyms, '[[');
    const origin = await serve({ synonyms, exclude: ['guide/**'] });
    const type = async (): Promise<string> =>
      (await fetch(`${origin}second-look/manifest.json`)).headers.get('content-type') ?? 'none';
    expect(await type()).not.toMatch(/json/);
    await writeFile(synonyms, '[["quokkas", "marsupials"]]');
    await expect.poll(type).toMatch(/json/);
    await server.restart();
    await expect.poll(type).toMatch(/json/);
    expect(await titlesFor(tab, origin, 'marsupials')).toEqual(['Home']);
    expect(await titlesFor(tab, origin, 'wallabies')).toEqual([]);
  });

  test('a function gives pages that have no file, below a base', async ({ page: tab }) => {
    const pages = [
      { url: '/animals/emu', html: page('Emu', 'Emus run.') },
      { url: 'broken', html: '<meta name="robots" content="noindex">' },
    ];
    const origin = await serve({ dev: { pages: () => pages } }, '/docs/');
    const box = new SearchBox(tab);
    await tab.goto(origin);
    await tab.locator('second-look').evaluate((box) => box.setAttribute('index', '/docs/second-look/'));
    await box.search('emus');
    await expect(box.rows.first()).toHaveAttribute('href', new RegExp(`^${origin}animals/emu`));
  });
});
