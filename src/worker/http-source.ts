import { messageOf } from '../engine/errors.js';
import { MANIFEST } from '../engine/index-file/manifest-name.js';
import { isManifest } from '../engine/index-file/manifest-of.js';
import { type IndexSource, missingFile, type OnBytes } from '../engine/index-file/source.js';

/**
 * An index folder on the web. `folder` is absolute and ends in a slash.
 * @param manifest the main manifest, where it is at hand already
 */
export function httpSource(folder: string, manifest?: Uint8Array<ArrayBuffer>): IndexSource {
  const url = (path: string): string => new URL(path, folder).href;
  return {
    where: folder,
    url,
    // The files whose names stay the same are asked for anew; old ones would name files that are gone.
    read: async (path, onBytes) =>
      path === MANIFEST && manifest
        ? manifest
        : download(url(path), isManifest(path) ? 'no-cache' : 'default', onBytes),
    readRange: async (path, start, end) =>
      // Only large sites read parts of files.
      (await import('./http-range.js')).downloadRange(url(path), start, end),
    // Comes with the first model: what the first rows need is small, and left to the browser's own cache.
    kept: {
      read: async (path) => (await largeFiles())?.readKept(url(path)),
      write: async (path, bytes) => (await largeFiles())?.keepForNextVisit(url(path), bytes),
    },
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
    if (onBytes && response.body) return await (await import('./large-files.js')).readTold(response, onBytes);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw missingFile(url, `the download broke off: ${messageOf(error)}`);
  }
}

/** A courtesy, like all of it. */
async function largeFiles(): Promise<typeof import('./large-files.js') | undefined> {
  return import('./large-files.js').catch(() => undefined);
}
