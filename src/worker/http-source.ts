import { messageOf } from '../engine/errors.js';
import { joined } from '../engine/index-file/inflate.js';
import { MANIFEST } from '../engine/index-file/manifest.js';
import { type IndexSource, missingFile, type OnBytes } from '../engine/index-file/source.js';

/** Large files stay here between visits: their names carry their hash, so a name never changes its content. */
const CACHE = 'second-look';

/** An index folder on the web. `folder` is absolute and ends in a slash. */
export function httpSource(folder: string): IndexSource {
  const url = (path: string): string => new URL(path, folder).href;
  return {
    where: folder,
    url,
    // The one file whose name stays the same is asked for anew; an old one would name files that are gone.
    read: (path, onBytes) => download(url(path), path === MANIFEST ? 'no-cache' : 'default', onBytes),
    readRange: async (path, start, end) =>
      // Only large sites read parts of files.
      (await import('./http-range.js')).downloadRange(url(path), start, end),
    kept: { read: (path) => readKept(url(path)), write: (path, bytes) => keepForNextVisit(url(path), bytes) },
  };
}

async function download(
  url: string,
  cache: RequestCache,
  onBytes: OnBytes | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  try {
    response = await fetch(url, { cache });
  } catch (error) {
    throw missingFile(url, messageOf(error));
  }
  if (!response.ok) throw missingFile(url, `HTTP ${response.status}`);
  try {
    return await readBody(response, onBytes);
  } catch (error) {
    throw missingFile(url, `the download broke off: ${messageOf(error)}`);
  }
}

async function readBody(response: Response, onBytes: OnBytes | undefined): Promise<Uint8Array<ArrayBuffer>> {
  if (!onBytes || !response.body) return new Uint8Array(await response.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  const reader = response.body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    chunks.push(chunk.value);
    loaded += chunk.value.length;
    onBytes(loaded);
  }
  return joined(chunks, loaded);
}

// Storage is a courtesy: a private window or a full disk refuses it, and the search works all the same.

async function readKept(url: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const response = await (await caches.open(CACHE)).match(url);
    return response && new Uint8Array(await response.arrayBuffer());
  } catch {
    return undefined;
  }
}

async function keepForNextVisit(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    const cache = await caches.open(CACHE);
    await forgetOlderVersions(cache, url);
    await cache.put(url, new Response(bytes));
  } catch {
    // As said above.
  }
}

/** Deletes files whose name differs from this one's in the hash alone. */
async function forgetOlderVersions(cache: Cache, url: string): Promise<void> {
  const unhashed = (name: string): string => name.replace(/\.[0-9a-f]{8}(\.\w+)$/, '$1');
  for (const { url: kept } of await cache.keys())
    if (kept !== url && unhashed(kept) === unhashed(url)) await cache.delete(kept);
}
