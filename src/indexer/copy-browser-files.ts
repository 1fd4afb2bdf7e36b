import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { SearchError } from '../engine/errors.js';
import type { FileEntry, Manifest } from '../engine/index-file/manifest.js';
import { entryOf } from '../engine/index-file/source.js';
import { RUNTIME_VERSION } from '../engine/model/wasm-session.js';
import type { IndexFolder } from './index-folder.js';
import { PACKAGE_ROOT } from './package-root.js';
import { RUNTIME_NAME, runtimeFile } from './runtime-files.js';

/** Copies ONNX Runtime's WebAssembly into the index, so that visitors get it from the site itself. */
export async function copyRuntime(index: IndexFolder): Promise<NonNullable<Manifest['runtime']>> {
  const copy = async (extension: 'mjs' | 'wasm'): ReturnType<IndexFolder['add']> =>
    index.add(`runtime/${RUNTIME_NAME}.${extension}`, new Uint8Array(await readFile(runtimeFile(extension))));
  return { version: RUNTIME_VERSION, module: await copy('mjs'), binary: await copy('wasm') };
}

/**
 * Copies `second-look.js` and what it loads into the index, so that one script tag is all a page needs.
 * @returns what was copied
 */
export async function copyBrowserFiles(index: IndexFolder): Promise<FileEntry[]> {
  const folder = join(PACKAGE_ROOT, 'dist', 'browser');
  if (!existsSync(join(folder, 'second-look.js')))
    throw new SearchError(
      'missing-file',
      `${folder} has no second-look.js: build the package first (npm run build).`,
    );
  const copied: FileEntry[] = [];
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const from = join(file.parentPath, file.name);
    const path = from.slice(folder.length + 1).replaceAll(sep, '/');
    const bytes = new Uint8Array(await readFile(from));
    await index.addAs(path, bytes);
    copied.push(await entryOf(path, bytes));
  }
  return copied;
}
