/** Queries no further apart are of somebody who types, in ms: a slow typist's keys. */
const TYPING = 300;
/** The second look begins when so long no other query has come, in ms: longer than from key to key of a quick typist. */
const PAUSE = 120;

/**
 * Keeps the second look from half-typed words, whose order nobody will see and whose reading the next key would wait for.
 * The first query after a rest is no key of many, and is read at once.
 */
export interface TypingPause {
  /** Says that a query begins; what it returns waits for the pause that it needs. */
  begin(): () => Promise<void>;
}

export function typingPause(): TypingPause {
  let last = -Infinity;
  return {
    begin() {
      const began = performance.now();
      const until = began - last < TYPING ? began + PAUSE : 0;
      last = began;
      return async () => {
        const left = until - performance.now();
        if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
      };
    },
  };
}
