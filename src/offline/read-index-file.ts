import { messageOf } from '../engine/errors.js';
import { missingFile } from '../engine/index-file/source.js';

/**
 * Reads a file of an index folder as it is now, past every cache and past `respondOffline`; at build time, in Node, from
 * disk too.
 * @param url absolute
 * @throws SearchError `missing-file`
 */
export async function readIndexFile(url: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    if (url.startsWith('file:')) return await readFromDisk(new URL(url));
    const response = await fetch(url, { cache: 'no-store' });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw missingFile(url, messageOf(error));
  }
}

/** Not imported, for browsers have no such module. */
async function readFromDisk(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const { readFile } = process.getBuiltinModule('node:fs/promises');
  return new Uint8Array(await readFile(url));
}
