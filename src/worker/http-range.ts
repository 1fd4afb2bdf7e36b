import { messageOf } from '../engine/errors.js';
import { damagedFile } from '../engine/index-file/bytes.js';
import { missingFile } from '../engine/index-file/source.js';

/**
 * Asks for a part of a file. A host that knows no ranges answers 200 and sends the whole, which may be hundreds of
 * megabytes: that is broken off.
 */
export async function downloadRange(
  url: string,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const controller = new AbortController();
  let response: Response;
  try {
    response = await fetch(url, {
      headers: { Range: `bytes=${start}-${end - 1}` },
      signal: controller.signal,
    });
  } catch (error) {
    throw missingFile(url, messageOf(error));
  }
  const wrong = faultOfRange(response, start, end);
  if (wrong !== undefined) {
    controller.abort();
    // Some hosts send a page for what they do not have.
    const isPage = response.headers.get('Content-Type')?.startsWith('text/html');
    throw isPage ? damagedFile(url, 'a page was sent for it') : missingFile(url, wrong);
  }
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw missingFile(url, `the download broke off: ${messageOf(error)}`);
  }
  if (bytes.length !== end - start)
    throw missingFile(url, `${bytes.length} bytes came where ${end - start} were asked for`);
  return bytes;
}

function faultOfRange({ status, headers }: Response, start: number, end: number): string | undefined {
  if (status === 200) return 'the host sends whole files only, where Range requests are needed';
  if (status !== 206) return `HTTP ${status}`;
  const range = headers.get('Content-Range');
  // A host of another origin may keep the header to itself; the length and the checksums say enough then.
  if (range !== null && !range.startsWith(`bytes ${start}-${end - 1}/`))
    return `the host sent "${range}" where bytes ${start}-${end - 1} were asked for`;
  return undefined;
}
