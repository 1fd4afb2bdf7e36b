/**
 * Resolves when a query may go on.
 * @throws the signal's reason, once it is aborted
 */
export type TypingPause = (signal?: AbortSignal) => Promise<void>;

/**
 * Spares what costs much the words that are half typed: a query that comes so soon after another was given up waits a
 * little, and is given up itself while someone types. A first query, a pasted one or a script's goes on at once.
 * @param length in ms
 */
export function typingPause(length: number): TypingPause {
  let givenUp = -Infinity;
  return async (signal) => {
    signal?.throwIfAborted();
    const typing = performance.now() - givenUp < 2 * length + 100;
    signal?.addEventListener('abort', () => (givenUp = performance.now()), { once: true });
    if (!typing) return;
    await new Promise((resolve) => {
      setTimeout(resolve, length);
      signal?.addEventListener('abort', resolve);
    });
    signal?.throwIfAborted();
  };
}
