import { open, readFile } from 'node:fs/promises';
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
    async readRange(path, start, end) {
      try {
        return await readPart(join(where, path), start, end);
      } catch (error) {
        throw missingFile(join(where, path), messageOf(error));
      }
    },
  };
}

async function readPart(path: string, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array(end - start);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    if (bytesRead < bytes.length) throw new Error(`it ends before byte ${end}`);
    return bytes;
  } finally {
    await file.close();
  }
}
