import { messageOf } from '../engine/errors.js';
import { damagedFile } from '../engine/index-file/bytes.js';
import { fault, missingFile, type OnBytes } from '../engine/index-file/source.js';
import { KEPT_FILES, readTold } from '../worker/large-files.js';
import type { OfflineCopy } from './offline-copy.js';
import type { OfflineFile } from './offline-files.js';

/**
 * Adds a file to the copy unless it is there, and checks its length and hash in any case. A model that the search has
 * kept for the visitor already is taken from there.
 * @throws SearchError `missing-file`, `damaged-file`; the signal's reason; the platform's `QuotaExceededError`
 */
export async function downloadFile(
  copy: OfflineCopy,
  file: OfflineFile,
  onBytes: OnBytes,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const url = copy.folder + file.path;
  const key = copy.keyOf(file);
  if (await isWhole(await copy.cache.match(key), file)) return;
  const kept = file.fixed ? undefined : await (await caches.open(KEPT_FILES)).match(url);
  if (kept && (await isWhole(kept.clone(), file))) await copy.cache.put(key, kept);
  else await copy.cache.put(key, await download(url, file, onBytes, signal));
}

/** Deletes what the search has kept of a copy's files, so that the visitor has none twice. */
export async function forgetKept({ folder }: OfflineCopy, files: readonly OfflineFile[]): Promise<void> {
  const kept = await caches.open(KEPT_FILES);
  for (const { path } of files) await kept.delete(folder + path);
}

async function isWhole(response: Response | undefined, file: OfflineFile): Promise<boolean> {
  return (
    response !== undefined && (await fault(new Uint8Array(await response.arrayBuffer()), file)) === undefined
  );
}

async function download(
  url: string,
  file: OfflineFile,
  onBytes: OnBytes,
  signal: AbortSignal,
): Promise<Response> {
  let response: Response;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    // `no-store` asks for what the site has now, past `respondOffline`.
    response = await fetch(url, {
      cache: file.fixed ? 'no-store' : 'default',
      signal,
    });
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    bytes = await readTold(response, onBytes, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw missingFile(url, messageOf(error));
  }
  const wrong = await fault(bytes, file);
  if (wrong !== undefined) throw damagedFile(url, wrong);
  // Headers say what a script is and what it may do; these two are of the bytes as they came.
  const headers = new Headers(response.headers);
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  return new Response(bytes, { headers });
}
