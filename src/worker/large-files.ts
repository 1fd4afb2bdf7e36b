import { joined } from '../engine/index-file/inflate.js';
import type { OnBytes } from '../engine/index-file/source.js';

/** How often a download that breaks off is gone on with, and after how many ms. */
const RESUMES = 3;
const PAUSE = 1000;

/**
 * Reads a response and tells how far it has come. Where it breaks off, it goes on from there, if the host sends parts of
 * files; else from the beginning.
 * @param signal the one that the response was asked for with, if any: once it is aborted, nothing is gone on with
 * @throws what ended the last attempt
 */
export async function readTold(
  response: Response,
  onBytes: OnBytes,
  { pause = PAUSE, signal }: { pause?: number; signal?: AbortSignal | undefined } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  let from = response;
  for (let left = RESUMES; ; left--) {
    try {
      const reader = from.body!.getReader();
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        chunks.push(chunk.value);
        loaded += chunk.value.length;
        onBytes(loaded);
      }
      return joined(chunks, loaded);
    } catch (error) {
      // Bytes that the host has packed cannot be counted here.
      if (left === 0 || signal?.aborted || response.headers.has('Content-Encoding')) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
      from = await goOn(response.url, loaded, error, signal);
      if (from.status === 200) {
        chunks.length = 0;
        loaded = 0;
      }
    }
  }
}

/** The rest of a file, or the whole again: its status tells. */
async function goOn(
  url: string,
  loaded: number,
  reason: unknown,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const response = await fetch(url, {
    headers: { Range: `bytes=${loaded}-` },
    ...(signal && { signal }),
  }).catch(() => undefined);
  const range = response?.headers.get('Content-Range');
  // A host of another origin may keep the header to itself; the file's hash tells in the end.
  const isRest = response?.status === 206 && (range?.startsWith(`bytes ${loaded}-`) ?? true);
  if (!response?.body || !(isRest || response.status === 200)) throw reason;
  return response;
}

/** Large files stay here between visits: their names carry their hash, so a name never changes its content. */
export const KEPT_FILES = 'second-look';

// Storage is a courtesy: a private window or a full disk refuses it, and the search works all the same.

/** Reads a file from here, or from where the visitor keeps the whole search: what is offline is not kept twice. */
export async function readKept(url: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const response = await caches.match(url);
    return response && new Uint8Array(await response.arrayBuffer());
  } catch {
    return undefined;
  }
}

export async function keepForNextVisit(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    const cache = await caches.open(KEPT_FILES);
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
