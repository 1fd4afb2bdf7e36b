/** Large files stay here between visits: their names carry their hash, so a name never changes its content. */
const CACHE = 'second-look';

// Storage is a courtesy: a private window or a full disk refuses it, and the search works all the same.

/** A file of an earlier visit, if it was kept. */
export async function readKept(url: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const response = await (await caches.open(CACHE)).match(url);
    return response && new Uint8Array(await response.arrayBuffer());
  } catch {
    return undefined;
  }
}

/** Keeps a file, and forgets what it replaces. */
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
