/** Work that is done in the background, as often as it is asked for and no more often than needed. */
export interface BackgroundWork {
  /** Asks for it: it begins once nobody has asked for a while, and again where it was at work already. */
  ask(): void;
  /** Resolves when nothing waits and nothing is at work. */
  settled(): Promise<void>;
  /** Takes back what waits, and resolves when nothing is at work. */
  stop(): Promise<void>;
}

/**
 * Does work that never runs twice at a time.
 * @param work sees to its own errors
 * @param pause how long nobody has asked, in ms
 */
export function inBackground(work: () => Promise<void>, pause: number): BackgroundWork {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let asked = false;
  let wake: (() => void)[] = [];
  const begin = async (): Promise<void> => {
    timer = undefined;
    // Who is at work sees to what has been asked meanwhile.
    if (running) return;
    while (asked && timer === undefined) {
      asked = false;
      await (running = work());
      running = undefined;
    }
    if (asked) return;
    for (const resolve of wake) resolve();
    wake = [];
  };
  return {
    ask() {
      asked = true;
      clearTimeout(timer);
      timer = setTimeout(() => void begin(), pause);
    },
    settled: () => (asked || running ? new Promise((resolve) => wake.push(resolve)) : Promise.resolve()),
    async stop() {
      asked = false;
      clearTimeout(timer);
      await running;
      for (const resolve of wake) resolve();
    },
  };
}
