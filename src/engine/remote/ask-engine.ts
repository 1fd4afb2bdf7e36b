import { messageOf } from '../errors.js';
import { joined } from '../index-file/inflate.js';
import type { EngineRequest } from './build-request.js';
import { textAt } from './read-path.js';
import type { Source } from './settings.js';

/** Largest answer that is read, in bytes; 250 hits of long passages have a tenth of it. */
const MOST_BYTES = 8_000_000;

/** `fetch`, or what stands for it in a test. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface AskOptions {
  fetch: Fetch;
  /** How long the whole answer may take, in ms. */
  timeout: number;
  /** Where the engine says what went wrong. */
  error: Source | undefined;
}

/**
 * Sends a request and reads its answer as JSON.
 * @throws the signal's reason once it is aborted; an Error that says what went wrong and what to do otherwise
 */
export async function askEngine(
  { url, init }: EngineRequest,
  { fetch, timeout, error }: AskOptions,
  signal?: AbortSignal,
): Promise<unknown> {
  const server = new URL(url).origin;
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  // Counted in tenths: what this thread itself was busy for, as when a model starts, is not the engine's time.
  let tenths = 10;
  const timer = setInterval(() => {
    if (--tenths === 0) abort();
  }, timeout / 10);
  signal?.addEventListener('abort', abort);
  try {
    signal?.throwIfAborted();
    const response = await fetch(url, { ...init, signal: controller.signal });
    const text = await readText(response, server);
    if (!response.ok) throw refused(server, response.status, text, error);
    return parsed(text, server);
  } catch (thrown) {
    signal?.throwIfAborted();
    if (tenths <= 0)
      throw new Error(
        `The search engine at ${server} did not answer within ${timeout} ms. Try again, or raise "timeout" in its settings.`,
        { cause: thrown },
      );
    if (thrown instanceof EngineError) throw thrown;
    throw new Error(
      `The search engine at ${server} could not be reached (${messageOf(thrown)}). Either it is down, or it does not ` +
        `take requests of this page: allow the page's origin in the engine's CORS settings, and the engine in the ` +
        `page's Content Security Policy (connect-src ${server}).`,
      { cause: thrown },
    );
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** An answer came, and was not one to use. */
class EngineError extends Error {}

async function readText(response: Response, server: string): Promise<string> {
  if (!response.body) return response.text();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    length += chunk.value.length;
    if (length > MOST_BYTES) {
      await reader.cancel().catch(() => undefined);
      throw new EngineError(
        `The answer of the search engine at ${server} has more than ${MOST_BYTES / 1e6} MB. Ask for fewer hits ("limit"), ` +
          'or for fewer fields of each in "body".',
      );
    }
    chunks.push(chunk.value);
  }
  return new TextDecoder().decode(joined(chunks, length));
}

function parsed(text: string, server: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new EngineError(
      `The answer of the search engine at ${server} is not JSON: it begins with ${JSON.stringify(text.slice(0, 40))}. ` +
        'Check "url" and "collection" in its settings.',
    );
  }
}

const HINTS: Record<number, string> = {
  400: 'Check "search", "vector" and "body" in its settings against the fields of the index.',
  401: 'Check the key in "headers" of its settings.',
  403: 'Check that the key in "headers" of its settings may search this index.',
  404: 'Check "url" and "collection" in its settings.',
  405: 'Check "method" and "url" in its settings.',
  429: 'It has had too many requests; try again in a while.',
};

function refused(server: string, status: number, text: string, error: Source | undefined): EngineError {
  const said = saidOf(text, error);
  const hint = HINTS[status] ?? (status >= 500 ? 'Try again later.' : 'Check its settings.');
  return new EngineError(
    `The search engine at ${server} answers HTTP ${status}${said === undefined ? '' : ` ("${said}")`}. ${hint}`,
  );
}

/** What the engine itself says of its failure, in a line. */
function saidOf(text: string, error: Source | undefined): string | undefined {
  try {
    return textAt(JSON.parse(text), error)?.replace(/\s+/g, ' ').slice(0, 200);
  } catch {
    return undefined;
  }
}
