/** Items that are worked on at a time: most are small files. */
const AT_A_TIME = 6;

/**
 * Does work for each of some items, a few at a time. The first failure, or the signal, stops all of it; nothing is at work
 * any more when this ends.
 * @throws that failure, or the signal's reason
 */
export async function forEachTogether<T>(
  items: readonly T[],
  work: (item: T, stop: AbortSignal) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted) onAbort();
  const left = items.values();
  const worker = async (): Promise<void> => {
    for (const item of left) {
      stop.signal.throwIfAborted();
      await work(item, stop.signal);
    }
  };
  const workers = Array.from({ length: AT_A_TIME }, () =>
    worker().catch((error: unknown) => stop.abort(error)),
  );
  await Promise.all(workers);
  signal?.removeEventListener('abort', onAbort);
  stop.signal.throwIfAborted();
}
