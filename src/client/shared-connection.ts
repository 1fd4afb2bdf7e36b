import type { ModelStatus } from '../protocol.js';
import { connect, type Connection, type ConnectOptions } from './connection.js';
import { endWorker } from './worker-host.js';

/** One user's hold on a connection that others may share. */
export interface Lease {
  connection: Connection;
  /** The latest status of each model, so that late comers know too. */
  statuses: ReadonlyMap<ModelStatus['model'], ModelStatus>;
  /** Gives the connection back; the last one to do so ends the worker. */
  release: () => void;
}

interface Shared {
  opened: Promise<Connection>;
  listeners: Set<(status: ModelStatus) => void>;
  statuses: Map<ModelStatus['model'], ModelStatus>;
}

const open = new Map<string, Shared>();

/**
 * Joins the connection to an index in a language, opening it where there is none: boxes on one page share it.
 * All indexes of a page share a worker, which ends with the last of them.
 */
export async function lease({ onStatus, ...options }: ConnectOptions): Promise<Lease> {
  const { indexUrl, language, withoutModels } = options;
  const key = [withoutModels ?? '', language, indexUrl].join('\n');
  let shared = open.get(key);
  if (!shared) open.set(key, (shared = start(options)));
  const { opened, listeners, statuses } = shared;
  // Each lease has a listener of its own, even where two pass the same function.
  const listener = (status: ModelStatus): void => onStatus(status);
  listeners.add(listener);
  const release = (): void => {
    if (!listeners.delete(listener) || listeners.size > 0) return;
    open.delete(key);
    if (open.size === 0) endWorker();
    void opened.then(
      (connection) => connection.close(),
      () => undefined,
    );
  };
  try {
    return { connection: await opened, statuses, release };
  } catch (error) {
    release();
    throw error;
  }
}

function start(options: Omit<ConnectOptions, 'onStatus'>): Shared {
  const listeners: Shared['listeners'] = new Set();
  const statuses: Shared['statuses'] = new Map();
  const onStatus = (status: ModelStatus): void => {
    statuses.set(status.model, status);
    for (const listener of listeners) listener(status);
  };
  return { opened: connect({ ...options, onStatus }), listeners, statuses };
}
