import { localFolder } from './find-model.js';
import { knownLanguages, reads } from './model-languages.js';
import { readSettings } from './model-folder.js';

/**
 * Prepares a model, unless none is named or it is known to read none of the languages: by its own `second-look.json`
 * where it lies on disk, otherwise by its name. One that is not of use is not downloaded.
 */
export async function prepareIfOfUse<T>(
  name: string,
  languages: readonly string[],
  prepare: (name: string) => Promise<T>,
): Promise<T | undefined> {
  if (name === 'none') return undefined;
  const folder = localFolder(name);
  const said = folder === undefined ? undefined : (await readSettings({ folder })).languages;
  const known = said ?? knownLanguages(name);
  return languages.some((language) => reads(known, language)) ? prepare(name) : undefined;
}
