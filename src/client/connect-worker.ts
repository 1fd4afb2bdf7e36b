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
 * Opens an index in a worker, which ends where that fails.
 * @throws SearchError `worker-failed` when the worker does not start; when there is no index, or none that this version
 * can read, what `openIndex` throws
 */
export async function connectWorker(worker: Worker, options: ConnectOptions): Promise<Connection> {
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

export function workerFailed(reason: string): SearchError {
  return new SearchError(
    'worker-failed',
    `The search worker did not start (${reason}); the page searches by keywords alone.`,
  );
}

export function openRequest({
  indexUrl,
  language,
  withoutModels,
}: ConnectOptions): Parameters<WorkerApi['open']>[0] {
  return { indexUrl, language, ...(withoutModels !== undefined && { withoutModels }) };
}

export function infoOf(answer: OpenAnswer): IndexInfo {
  if (answer.version !== PROTOCOL_VERSION)
    throw workerFailed(
      `it is of another version: it speaks protocol ${answer.version}, the page ${PROTOCOL_VERSION}`,
    );
  if ('error' in answer) throw new SearchError(answer.error.code, answer.error.message);
  return answer.info;
}
