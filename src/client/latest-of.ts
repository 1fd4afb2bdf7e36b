/**
 * Joins streams: whenever any of them gives a value, the latest of each that has given one, in the order of the streams.
 * Who reads slowly gets the latest and not the ones before. When the reader stops, so do the streams.
 * @throws what the first stream to fail throws
 */
export async function* latestOf<T>(streams: readonly AsyncIterable<T>[]): AsyncGenerator<T[], void> {
  const latest = streams.map((): T | undefined => undefined);
  let running = streams.length;
  let isNew = false;
  let failure: { error: unknown } | undefined;
  let wake: () => void = () => undefined;
  let isWanted = true;
  const iterators = streams.map((stream) => stream[Symbol.asyncIterator]());

  const follow = async (iterator: AsyncIterator<T>, at: number): Promise<void> => {
    try {
      for (;;) {
        const next = await iterator.next();
        if (next.done || !isWanted) return;
        latest[at] = next.value;
        isNew = true;
        wake();
      }
    } catch (error) {
      failure ??= { error };
    } finally {
      running--;
      wake();
    }
  };
  for (const [at, iterator] of iterators.entries()) void follow(iterator, at);
  try {
    for (;;) {
      if (failure) throw failure.error;
      if (isNew) {
        isNew = false;
        yield latest.filter((value) => value !== undefined);
      } else if (running === 0) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    isWanted = false;
    for (const iterator of iterators) void iterator.return?.();
  }
}
