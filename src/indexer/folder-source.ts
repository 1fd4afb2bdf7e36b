import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type IndexSource, missingFile } from '../engine/index-file/source.js';
import { messageOf } from '../engine/errors.js';

/** An index folder on disk: for evaluation and tests, which run the browser's engine in Node. */
export function folderSource(folder: string): IndexSource {
  const where = `${resolve(folder)}/`;
  return {
    where,
    url: (path) => pathToFileURL(join(where, path)).href,
    async read(path) {
      try {
        return new Uint8Array(await readFile(join(where, path)));
      } catch (error) {
        throw missingFile(join(where, path), messageOf(error));
      }
    },
  };
}
