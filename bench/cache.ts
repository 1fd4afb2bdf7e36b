import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { PACKAGE_ROOT } from '../src/indexer/package-root.js';

const CACHE = join(PACKAGE_ROOT, 'node_modules', '.cache', 'second-look-bench');

/**
 * A folder that takes long to make and that later runs find again. Only what is not measured belongs here.
 * @param key everything that the folder's content depends on; another key replaces the folder
 */
export async function cachedFolder(
  name: string,
  key: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const named = (text: string): string => join(CACHE, `${name}-${text}`);
  const folder = named(createHash('sha256').update(key).digest('hex').slice(0, 12));
  if (existsSync(folder)) return folder;
  const unfinished = named('unfinished');
  for (const old of await glob(`${name}-*`, { cwd: CACHE, onlyDirectories: true, absolute: true }))
    await rm(old, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await make(unfinished);
  await rename(unfinished, folder);
  return folder;
}

/** A key for the content of files in this repository, by globs. */
export async function contentKey(...patterns: string[]): Promise<string> {
  const hash = createHash('sha256');
  const files = await glob(patterns, { cwd: PACKAGE_ROOT, ignore: ['**/*.test.ts'], absolute: true });
  for (const file of files.sort()) hash.update(file).update(await readFile(file));
  return hash.digest('hex');
}

/** A key for a folder whose files do not change without their sizes or times: cheaper than reading them. */
export async function listingKey(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await glob('**/*', { cwd: folder, absolute: true })).sort()) {
    const { size, mtimeMs } = await stat(file);
    hash.update(`${file}\n${size}\n${mtimeMs}\n`);
  }
  return hash.digest('hex');
}
