import { workerFailed } from './worker-failed.js';

/** The worker of this page, in which all its indexes are open: they share the models that are the same. */
interface Host {
  worker: Worker;
  /** Rejects where the worker does not run. */
  failed: Promise<never>;
}

let host: Host | undefined;

/**
 * A way into the worker for one index; the worker is started where there is none.
 * @throws SearchError `worker-failed`, as `failed` is rejected with
 */
export function joinWorker(start = startWorker): { port: MessagePort; failed: Promise<never> } {
  const { worker, failed } = (host ??= hostOf(start));
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(0, [port2]);
  return { port: port1, failed };
}

/** Ends the worker, and frees its memory with it. */
export function endWorker(): void {
  host?.worker.terminate();
  host = undefined;
}

function startWorker(): Worker {
  return new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' });
}

function hostOf(start: () => Worker): Host {
  let worker: Worker;
  try {
    worker = start();
  } catch (error) {
    throw workerFailed(error instanceof Error ? error.message : String(error));
  }
  const failed = new Promise<never>((_, reject) => {
    worker.onerror = (event) => {
      endWorker();
      // A script that is refused or missing says nothing of itself.
      reject(workerFailed(event.message || 'it did not load'));
    };
  });
  return { worker, failed };
}
