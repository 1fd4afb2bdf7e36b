import type { FromWorker, SearchUpdate, ToWorker } from '../protocol.js';
import { errorOf } from './error-of.js';

/** A query's end of the wire: hands over updates until the worker ends, or until it is stopped. */
export interface UpdateStream<Update = SearchUpdate> {
  updates: AsyncGenerator<Update, void>;
  /** Ends the stream at once; updates under way are dropped. With an error, the reader gets it. */
  stop(error?: unknown): void;
}

/**
 * Reads updates from a port. Each update stands for itself, so a slow reader gets the latest and not the ones before.
 * `onEnd` is called once, when no more will come.
 */
export function readUpdates<Update = SearchUpdate>(
  port: MessagePort,
  onEnd: () => void = () => undefined,
): UpdateStream<Update> {
  let latest: Update | undefined;
  let ending: { error?: unknown } | undefined;
  let wake: () => void = () => undefined;

  const end = (reason: { error?: unknown }): void => {
    if (ending) return;
    ending = reason;
    port.close();
    onEnd();
    wake();
  };
  port.onmessage = ({ data }: MessageEvent<FromWorker<Update>>) => {
    if (data.type === 'update') {
      latest = data.update;
      wake();
    } else if (data.type === 'end') end({});
    else end({ error: errorOf(data.error) });
  };
  const stop = (error?: unknown): void => {
    latest = undefined;
    if (ending) return;
    port.postMessage({ type: 'cancel' } satisfies ToWorker);
    end(error === undefined ? {} : { error });
  };

  async function* read(): AsyncGenerator<Update, void> {
    try {
      for (;;) {
        if (latest) {
          const update = latest;
          latest = undefined;
          yield update;
        } else if (ending) {
          if ('error' in ending) throw ending.error;
          return;
        } else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      stop();
    }
  }
  return { updates: read(), stop };
}
