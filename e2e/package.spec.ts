import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import ts from 'typescript';
import { build, type Rolldown } from 'vite';

const root = new URL('..', import.meta.url);
const run = promisify(execFile);

/** A project that has installed the package as npm would publish it. */
let project: string;
test.beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'second-look-project-'));
  const npm = (cwd: string | URL, ...args: string[]): Promise<{ stdout: string }> =>
    run('npm', [...args, '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
      cwd,
      shell: process.platform === 'win32',
    });
  await npm(root, 'pack', '--ignore-scripts', '--pack-destination', project);
  const [tarball = ''] = (await readdir(project)).filter((file) => file.endsWith('.tgz'));
  await writeFile(join(project, 'package.json'), '{"name":"project","private":true,"type":"module"}');
  // Scripts may run: there are none.
  await npm(project, 'install', `./${tarball}`, '--ignore-scripts=false');
});
test.afterAll(() => rm(project, { recursive: true }));

test('an install takes at most 80 MB, and runs no script', async () => {
  const files = await readdir(join(project, 'node_modules'), { recursive: true, withFileTypes: true });
  let bytes = 0;
  const scripts: string[] = [];
  for (const file of files.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    bytes += (await stat(path)).size;
    if (file.name !== 'package.json') continue;
    const { scripts: all = {} } = JSON.parse(await readFile(path, 'utf8')) as { scripts?: object };
    scripts.push(...Object.keys(all).flatMap((name) => (/^(pre|post)?install$/.test(name) ? [path] : [])));
  }
  expect(bytes).toBeLessThan(80e6);
  expect(scripts).toEqual([]);
});

test('every entry point is there, and so are its types', async () => {
  const manifest = JSON.parse(
    await readFile(join(project, 'node_modules/second-look/package.json'), 'utf8'),
  ) as { exports: Record<string, unknown> };
  const entries = Object.keys(manifest.exports).map((entry) => `second-look${entry.slice(1)}`);
  expect(entries).toEqual(expect.arrayContaining(['second-look', 'second-look/element']));
  const program = `for (const entry of ${JSON.stringify(entries)}) import.meta.resolve(entry);`;
  await run(process.execPath, ['--input-type=module', '-e', program], { cwd: project });

  const file = join(project, 'uses.ts');
  await writeFile(
    file,
    `import { createSearch, SearchError, type Context, type SearchUpdate } from 'second-look';
     import { type SecondLook, SearchedEvent } from 'second-look/element';
     import { indexBuilt, indexSite, type IndexSummary, SearchError as NodeError } from 'second-look/node';
     export async function ask(box: SecondLook, show: (update: SearchUpdate) => void): Promise<Context> {
       box.addEventListener('second-look-searched', (event) => console.log(event.query));
       const search = await createSearch({ index: '/search/' });
       for await (const update of search.query('x', { filters: { section: ['cli'] } })) show(update);
       // @ts-expect-error: a number is asked for
       await search.context('x', { maxTokens: '1500' }).catch((error) => error instanceof SearchError);
       return search.context('x', { maxTokens: 1500 });
     }
     export async function index(folder: string): Promise<IndexSummary> {
       await indexBuilt(folder, { exclude: ['drafts/**'] }, (text: string) => console.log(text));
       // @ts-expect-error: a list is asked for
       await indexSite(folder, { exclude: 'drafts/**' }).catch((error) => error instanceof NodeError);
       return indexSite(folder, { onProgress: (step, done, total) => console.log(step, done / total) });
     }
     console.log(SearchedEvent.name);`,
  );
  for (const [module, moduleResolution] of [
    [ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
    [ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
  ] as const) {
    const options = { module, moduleResolution, target: ts.ScriptTarget.ES2022, strict: true, noEmit: true };
    const lib = ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'];
    const checked = ts.createProgram([file], { ...options, lib, types: [] });
    const faults = ts.getPreEmitDiagnostics(checked).map(({ messageText, file: where }) => ({
      file: where?.fileName,
      message: ts.flattenDiagnosticMessageText(messageText, ' '),
    }));
    expect(faults).toEqual([]);
  }
});

test('what imports createSearch gets no code of the elements', async () => {
  /** What is loaded at once. */
  const bundle = async (code: string): Promise<string> => {
    const entry = join(project, 'main.js');
    await writeFile(entry, code);
    const built = (await build({
      ...{ root: project, configFile: false, logLevel: 'silent' },
      build: { write: false, rolldownOptions: { input: entry } },
    })) as Rolldown.RolldownOutput;
    const chunks = built.output.filter((file) => file.type === 'chunk');
    const loaded = chunks.filter(({ isEntry }) => isEntry);
    for (const { imports } of loaded)
      loaded.push(...chunks.filter((chunk) => imports.includes(chunk.fileName) && !loaded.includes(chunk)));
    return loaded.map((chunk) => chunk.code).join('\n');
  };
  const search = await bundle("import { createSearch } from 'second-look'; console.log(createSearch);");
  expect(search).toContain('second-look');
  expect(search).not.toContain('customElements');
  expect(await bundle("import 'second-look/element';")).toContain('customElements');
  expect(await bundle("import { createSearch } from 'second-look';")).not.toContain('Worker(');
});

test('the command line indexes a site', async () => {
  const site = join(project, 'site');
  await cp(new URL('node_modules/npm/docs/output/using-npm', root), site, { recursive: true });
  const cli = join(project, 'node_modules/.bin/second-look');
  const { stdout } = await run(cli, ['index', site, '--embedder', 'none'], {
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    shell: process.platform === 'win32',
  });
  expect(stdout).toMatch(/Indexed \d+ pages[^]*reranker reranker-v1/);
  expect(await readdir(join(site, 'second-look'))).toEqual(
    expect.arrayContaining(['manifest.json', 'search.js', 'second-look.js']),
  );
});

test('a script indexes a site', async () => {
  const site = join(project, 'script-site');
  await writeFile(
    join(project, 'index-site.js'),
    `import { mkdir, writeFile } from 'node:fs/promises';
     import { indexBuilt, indexSite, SearchError } from 'second-look/node';
     const words = { embedder: 'none', reranker: 'none' };
     const error = await indexSite('script-site', words).catch((error) => error);
     await mkdir('script-site');
     await writeFile('script-site/a.html', '<h1>Harbour</h1><p>Boats.</p>');
     let printed = '';
     await indexBuilt('script-site', words, (text) => { printed = text; });
     const { pages } = await indexSite('script-site', { ...words, script: false });
     console.log(JSON.stringify([error instanceof SearchError && error.code, pages, printed]));`,
  );
  const { stdout } = await run(process.execPath, ['index-site.js'], { cwd: project });
  const [code, pages, printed] = JSON.parse(stdout) as [string, number, string];
  expect([code, pages]).toEqual(['bad-option', 1]);
  expect(printed).toContain('Indexed');
  const files = await readdir(join(site, 'second-look'));
  expect(files).toContain('manifest.json');
  expect(files).not.toContain('second-look.js');
});

test('a server that renders pages can import the elements', async () => {
  const program = `
    const { SecondLook } = await import('second-look/element');
    console.log(new SecondLook().index);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { cwd: project });
  expect(stdout.trim()).toBe('/second-look/');
});

test('the custom elements manifest describes every element', async () => {
  const manifest = JSON.parse(await readFile(new URL('dist/custom-elements.json', root), 'utf8')) as {
    modules: { declarations?: Record<string, unknown[] | string | undefined>[] }[];
  };
  const elements = manifest.modules.flatMap(({ declarations = [] }) =>
    declarations.filter(({ tagName }) => tagName),
  );
  expect(elements.map(({ tagName }) => tagName).sort()).toEqual([
    'second-look',
    'second-look-filters',
    'second-look-input',
    'second-look-results',
    'second-look-status',
  ]);
  const box = elements.find(({ tagName }) => tagName === 'second-look')!;
  for (const part of ['attributes', 'cssParts', 'cssProperties', 'events', 'slots'])
    expect(box[part]?.length, part).toBeGreaterThan(0);
});
