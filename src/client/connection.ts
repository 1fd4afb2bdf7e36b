import { SearchError } from '../protocol.js';
import { connectWorker, type Connection, type ConnectOptions, workerFailed } from './connect-worker.js';

export type { Connection, ConnectOptions };

/**
 * Opens an index in a worker. Where the worker does not start, there are other ways.
 * @throws SearchError when there is no index, or none that this version can read
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  try {
    return await connectWorker(startWorker(), options);
  } catch (error) {
    if (!(error instanceof SearchError) || error.code !== 'worker-failed') throw error;
    return (await import('./connect-otherwise.js')).connectOtherwise(options, error.message);
  }
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
