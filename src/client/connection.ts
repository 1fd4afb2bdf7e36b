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
import { errorOf } from './error-of.js';
import { workerFailed } from './worker-failed.js';
import { joinWorker } from './worker-host.js';

/** A way to the engine: a worker, or the page itself where workers are refused. */
export interface Connection {
  info: IndexInfo;
  /** Ports that are handed to it are to be transferred. */
  api: Comlink.Remote<WorkerApi> | WorkerApi;
  /** Closes the index, so that its memory is free. */
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
 * Opens an index in a worker. Where the worker does not start, there are other ways.
 * @throws SearchError when there is no index, or none that this version can read
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  try {
    return await connectWorker(options);
  } catch (error) {
    if (!(error instanceof SearchError) || error.code !== 'worker-failed') throw error;
    const code = await import('./connect-otherwise.js').catch(() => undefined);
    // A page that was open before a deploy of another version, say.
    if (!code) throw new SearchError(error.code, 'The search cannot be loaded. Reload the page.');
    return code.connectOtherwise(options, error.message);
  }
}

/**
 * Opens an index in the page's worker.
 * @param start starts the worker where there is none. Default: by its own script
 * @throws SearchError `worker-failed` when it does not start; else what `openIndex` throws
 */
export async function connectWorker(
  { indexUrl, language, withoutModels, onStatus }: ConnectOptions,
  start?: () => Worker,
): Promise<Connection> {
  const { port, failed } = joinWorker(start);
  const api = Comlink.wrap<WorkerApi>(port);
  const opening = fetchManifest(indexUrl).then((manifest): Promise<OpenAnswer> =>
    api.open({ indexUrl, language, withoutModels, manifest }, Comlink.proxy(onStatus)),
  );
  const answer = await Promise.race([opening, failed]);
  return { info: infoOf(answer), api, close: () => port.close() };
}

/** The main manifest, fetched beside the worker's script; where it cannot be had, the worker finds out why. */
function fetchManifest(indexUrl: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return fetch(indexUrl + MANIFEST, { cache: 'no-cache' })
    .then(async (response) => (response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined))
    .catch(() => undefined);
}

export function infoOf(answer: OpenAnswer): IndexInfo {
  if (answer.version !== PROTOCOL_VERSION) throw workerFailed("its version is not the page's");
  if ('error' in answer) throw errorOf(answer.error);
  return answer.info;
}
