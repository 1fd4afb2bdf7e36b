import { joined } from '../engine/index-file/inflate.js';
import type { OnBytes } from '../engine/index-file/source.js';

/** Reads a body and tells how far it has come. */
export async function readTold(
  body: NonNullable<Response['body']>,
  onBytes: OnBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  const reader = body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    chunks.push(chunk.value);
    loaded += chunk.value.length;
    onBytes(loaded);
  }
  return joined(chunks, loaded);
}

/** Large files stay here between visits: their names carry their hash, so a name never changes its content. */
const CACHE = 'second-look';

// Storage is a courtesy: a private window or a full disk refuses it, and the search works all the same.

export async function readKept(url: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const response = await (await caches.open(CACHE)).match(url);
    return response && new Uint8Array(await response.arrayBuffer());
  } catch {
    return undefined;
  }
}

export async function keepForNextVisit(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
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
