import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf, SearchError } from '../../engine/errors.js';
import { PACKAGE_ROOT } from '../../indexer/package-root.js';
import { readJson } from '../../indexer/read-json.js';
import type { SecondLookConfig } from './define-config.js';
import { readConfig } from './read-config.js';

const NAMES = ['ts', 'js', 'mjs', 'json'].map((ending) => `second-look.config.${ending}`);

/**
 * Reads the config file: the one that is named, or that of the working folder if it has one.
 * @throws SearchError `bad-option` that names the file and what is wrong with it
 */
export async function loadConfig(named?: string, folder = process.cwd()): Promise<SecondLookConfig> {
  const file = named === undefined ? fileIn(folder) : resolve(folder, named);
  if (file === undefined) return {};
  if (!existsSync(file))
    throw new SearchError(
      'bad-option',
      `There is no ${file}. Name a config file with --config, or leave it out.`,
    );
  return readConfig(file.endsWith('.json') ? await readJson(file) : await run(file), file);
}

function fileIn(folder: string): string | undefined {
  const there = NAMES.filter((name) => existsSync(join(folder, name)));
  if (there.length > 1)
    throw new SearchError(
      'bad-option',
      `${folder} has ${there.join(' and ')}. Keep one of them, or name it with --config.`,
    );
  return there[0] && join(folder, there[0]);
}

/** Runs a module, in TypeScript too, which Node 20 does not read by itself. */
async function run(file: string): Promise<unknown> {
  // A tenth of a second, and most sites have no such file.
  const { createJiti } = await import('jiti');
  const jiti = createJiti(file, {
    // Leaves no files behind, and sees a file that was changed.
    ...{ fsCache: false, moduleCache: false },
    // Where the command is linked or run by npx, the file's folder has no second-look.
    alias: { 'second-look/config': join(PACKAGE_ROOT, 'dist/node/config.js') },
  });
  let module: Record<string, unknown>;
  try {
    module = await jiti.import(file);
  } catch (error) {
    throw new SearchError('bad-option', `${file} could not be run: ${messageOf(error)}`, { cause: error });
  }
  if (!('default' in module))
    throw new SearchError('bad-option', `${file} exports no options: end it with "export default { … }".`);
  return module.default;
}
