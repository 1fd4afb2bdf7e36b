import * as Comlink from 'comlink';
import {
  type IndexInfo,
  MANIFEST,
  type ModelStatus,
  type OpenAnswer,
  PROTOCOL_VERSION,
  SearchError,
  type WorkerApi,
} from '../protocol.js';

/** A way to the engine: a worker, or the page itself where workers are refused. */
export interface Connection {
  info: IndexInfo;
  /** Ports that are handed to it are to be transferred. */
  api: Comlink.Remote<WorkerApi> | WorkerApi;
  /** Ends the worker, and frees its memory with it. */
  close(): void;
}

export interface ConnectOptions {
  /** Absolute URL of the index folder, ending in a slash. */
  indexUrl: string;
  /** The language to search in, BCP 47. */
  language: string;
  /** Why no model is to be loaded; absent when they are. */
  withoutModels: string | undefined;
  onStatus: (status: ModelStatus) => void;
}

/**
 * Opens an index in a worker. Where the worker does not start, the page itself answers, from keywords alone.
 * @throws SearchError when there is no index, or none that this version can read
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  try {
    return await connectWorker(options);
  } catch (error) {
    if (!(error instanceof SearchError) || error.code !== 'worker-failed') throw error;
    return connectInPage(options, error.message);
  }
}

async function connectWorker(options: ConnectOptions): Promise<Connection> {
  const worker = startWorker();
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      // A script that is refused or missing says nothing of itself.
      reject(workerFailed(event.message || 'its script could not be loaded'));
    });
  });
  try {
    const api = Comlink.wrap<WorkerApi>(worker);
    const opening = fetchManifest(options.indexUrl).then((manifest): Promise<OpenAnswer> =>
      api.open({ ...openRequest(options), ...(manifest && { manifest }) }, Comlink.proxy(options.onStatus)),
    );
    const answer = await Promise.race([opening, failed]);
    return { info: infoOf(answer), api, close: () => worker.terminate() };
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

/** The main manifest, fetched beside the worker's script; where it cannot be had, the worker finds out why. */
async function fetchManifest(indexUrl: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const response = await fetch(indexUrl + MANIFEST, { cache: 'no-cache' });
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}

async function connectInPage(options: ConnectOptions, reason: string): Promise<Connection> {
  const { createInPageApi } = await import('../worker/in-page.js');
  const api = createInPageApi(reason);
  const info = infoOf(await api.open(openRequest(options), options.onStatus));
  return { info, api, close: () => undefined };
}

function startWorker(): Worker {
  try {
    return new Worker(new URL('../worker/worker.ts', import.meta.url), {
      type: 'module',
      name: 'second-look',
    });
  } catch (error) {
    throw workerFailed(error instanceof Error ? error.message : String(error));
  }
}

function workerFailed(reason: string): SearchError {
  return new SearchError(
    'worker-failed',
    `The search worker did not start (${reason}); the page searches by keywords alone.`,
  );
}

function openRequest({
  indexUrl,
  language,
  withoutModels,
}: ConnectOptions): Parameters<WorkerApi['open']>[0] {
  return { indexUrl, language, ...(withoutModels !== undefined && { withoutModels }) };
}

function infoOf(answer: OpenAnswer): IndexInfo {
  if (answer.version !== PROTOCOL_VERSION)
    throw workerFailed(
      `it is of another version: it speaks protocol ${answer.version}, the page ${PROTOCOL_VERSION}`,
    );
  if ('error' in answer) throw new SearchError(answer.error.code, answer.error.message);
  return answer.info;
}
