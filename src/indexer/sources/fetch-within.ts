import { messageOf } from '../../engine/errors.js';

const MOST_REDIRECTS = 5;

/** What a server sent. */
export interface Fetched {
  /** Where it was in the end. */
  url: URL;
  headers: Headers;
  bytes: Uint8Array;
}

/**
 * Fetches from one origin and from no other, wherever it redirects to.
 * @param most bytes; more are not waited for
 * @param milliseconds for all of it
 * @throws Error that says why there is nothing
 */
export async function fetchWithin(
  address: URL,
  { most, milliseconds }: { most: number; milliseconds: number },
): Promise<Fetched> {
  const signal = AbortSignal.timeout(milliseconds);
  try {
    let url = address;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      const response = await fetch(url, { redirect: 'manual', signal });
      const target = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && target !== null) {
        await response.body?.cancel();
        if (!URL.canParse(target, url)) throw new Error(`it redirects to "${target}"`);
        const next = new URL(target, url);
        if (next.origin !== address.origin) throw new Error(`it redirects to another host, ${next.origin}`);
        url = next;
        continue;
      }
      if (!response.ok) {
        await response.body?.cancel();
        throw new Error(`HTTP ${response.status}`);
      }
      return { url, headers: response.headers, bytes: await limited(response, most) };
    }
    throw new Error(`it redirects more than ${MOST_REDIRECTS} times`);
  } catch (error) {
    if (signal.aborted) throw new Error(`no answer within ${milliseconds / 1000} s`, { cause: error });
    // What fetch throws says only that it failed; its cause says why.
    throw error instanceof TypeError && error.cause
      ? new Error(messageOf(error.cause), { cause: error })
      : error;
  }
}

async function limited({ body }: Response, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop early breaks the download off.
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > most) throw new Error(`it has more than ${(most / 1e6).toFixed(1)} MB`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
