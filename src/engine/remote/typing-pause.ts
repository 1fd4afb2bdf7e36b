/** Resolves when a query may be sent. */
export type TypingPause = (signal?: AbortSignal) => Promise<void>;

/**
 * Spares an engine the requests for words that are half typed: a query that comes so soon after another was given up
 * waits a little, and is given up itself while someone types. A first query, a pasted one or a script's goes out at once.
 * @param length in ms
 */
export function typingPause(length: number): TypingPause {
  let givenUp = -Infinity;
  return async (signal) => {
    signal?.throwIfAborted();
    const typing = performance.now() - givenUp < 2 * length + 100;
    signal?.addEventListener('abort', () => (givenUp = performance.now()), { once: true });
    if (!typing || length === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, length);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    signal?.throwIfAborted();
  };
}
