import { messageOf } from '../engine/errors.js';
import { joined } from '../engine/index-file/inflate.js';
import { isManifest } from '../engine/index-file/manifest-name.js';
import { type IndexSource, missingFile, type OnBytes } from '../engine/index-file/source.js';

/** An index folder on the web. `folder` is absolute and ends in a slash. */
export function httpSource(folder: string): IndexSource {
  const url = (path: string): string => new URL(path, folder).href;
  return {
    where: folder,
    url,
    // The files whose names stay the same are asked for anew; old ones would name files that are gone.
    read: (path, onBytes) => download(url(path), isManifest(path) ? 'no-cache' : 'default', onBytes),
    // Models alone are kept, so the code comes with the first of them.
    kept: {
      read: async (path) => (await keptFiles())?.readKept(url(path)),
      write: async (path, bytes) => (await keptFiles())?.keepForNextVisit(url(path), bytes),
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

async function keptFiles(): Promise<typeof import('./kept-files.js') | undefined> {
  return import('./kept-files.js').catch(() => undefined);
}
