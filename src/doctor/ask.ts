import { messageOf } from '../engine/errors.js';

/** What a host answered. */
export interface Answer {
  /** Where it was in the end: hosts redirect. */
  url: URL;
  status: number;
  headers: Headers;
  /** Unpacked, where it came packed. */
  bytes: Uint8Array<ArrayBuffer>;
}

const MILLISECONDS = 60_000;
/** No file of an index is near this. */
const MOST_BYTES = 2 ** 30;

/**
 * Asks a host as a browser would.
 * @throws Error that says why there is no answer
 */
export async function ask(
  url: URL,
  { method = 'GET', headers = {} }: { method?: 'GET' | 'HEAD'; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const signal = AbortSignal.timeout(MILLISECONDS);
  try {
    const response = await fetch(url, { method, headers, signal });
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > MOST_BYTES) throw new Error(`it sends more than ${MOST_BYTES / 2 ** 20} MB`);
      chunks.push(chunk);
    }
    return {
      url: new URL(response.url),
      status: response.status,
      headers: response.headers,
      bytes: new Uint8Array(Buffer.concat(chunks)),
    };
  } catch (error) {
    if (signal.aborted) throw new Error(`no answer within ${MILLISECONDS / 1000} s`, { cause: error });
    // What fetch throws says only that it failed; its cause says why.
    const cause = error instanceof TypeError && error.cause ? error.cause : error;
    throw new Error(messageOf(cause) || 'no answer', { cause: error });
  }
}

/** Asks for many, eight at once, and keeps their order. */
export async function askAll<In, Out>(items: readonly In[], one: (item: In) => Promise<Out>): Promise<Out[]> {
  const answers: Out[] = [];
  const waiting = items.entries();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const [at, item] of waiting) answers[at] = await one(item);
    }),
  );
  return answers;
}
