import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { PACKAGE_ROOT } from '../../src/indexer/package-root.js';
import type { Row } from '../bench.js';
import { rowOf } from './row.js';
import { type Size, sizeOf, sizeOfFiles, total } from './compressed.js';
import { bundledCode, LIBRARIES } from './library-code.js';

/** Code that a page loads for each system. */
export async function codeRows(index: string, pagefind: string): Promise<Row[]> {
  return [...(await secondLookCode(index)), ...(await pagefindCode(pagefind)), ...(await libraries())];
}

async function secondLookCode(index: string): Promise<Row[]> {
  const browser = join(PACKAGE_ROOT, 'dist', 'browser');
  const files = async (...patterns: string[]): Promise<Size> => sizeOfFiles(await found(browser, patterns));
  const box = await files('second-look.js', 'client.*.js');
  const worker = await files('worker.*.js');
  const models = await files('models.*.js');
  const runtime = await sizeOfFiles(await found(join(index, 'runtime'), ['*']));
  return [
    row('second-look: by words', 'the box and its client, the worker', [box, worker], true),
    row(
      'second-look: all stages',
      'the same with what runs models, and ONNX Runtime',
      [box, worker, models, runtime],
      true,
    ),
  ];
}

async function pagefindCode(folder: string): Promise<Row[]> {
  const files = async (...patterns: string[]): Promise<Size> => sizeOfFiles(await found(folder, patterns));
  const core = await files('pagefind.js', 'pagefind-worker.js', 'wasm.en.pagefind');
  return [
    row('Pagefind', 'pagefind.js, its worker and WebAssembly; no box', [core]),
    row('Pagefind, Default UI', 'with script and style of the box', [
      core,
      await files('pagefind-ui.js', 'pagefind-ui.css'),
    ]),
    row('Pagefind, Component UI', 'with script and style of the box', [
      core,
      await files('pagefind-component-ui.js', 'pagefind-component-ui.css'),
    ]),
  ];
}

async function libraries(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, code] of Object.entries(LIBRARIES))
    rows.push(
      row(name, 'the library, tree-shaken and minified; no box', [await sizeOf(await bundledCode(code))]),
    );
  return rows;
}

function row(system: string, note: string, sizes: readonly Size[], ours = false): Row {
  return rowOf({ system, ours, note }, { '': total(sizes) });
}

async function found(cwd: string, patterns: string[]): Promise<string[]> {
  const files = await glob(patterns, { cwd, absolute: true });
  if (files.length < patterns.length)
    throw new Error(`${cwd} does not have all of ${patterns.join(', ')}: run npm run build first.`);
  return files;
}
