/** A page in an engine as a visitor uses it: with keys, and by looking. */
export interface Visit {
  /** Opens a page of the site by its path, and waits until it has loaded. */
  goto(path: string): Promise<void>;
  /** The browser's Back button. */
  back(): Promise<void>;
  /** Presses a key by its name, with modifiers before it: `Control+k`. */
  press(keys: string): Promise<void>;
  type(text: string): Promise<void>;
  /** Runs a function in the page. It may close over nothing; its arguments and its result are JSON. */
  run<Arguments extends unknown[], Result>(
    code: (...given: Arguments) => Result,
    ...given: Arguments
  ): Promise<Result>;
  /** Errors in the console of the page, and what its Content Security Policy refuses. */
  errors(): Promise<string[]>;
  close(): Promise<void>;
}

/** An engine that runs. */
export interface RunningEngine {
  /** Opens an empty page with nothing of an earlier one: no storage, no cache, no history. */
  open(site: string): Promise<Visit>;
  stop(): Promise<void>;
}

export interface Engine {
  name: string;
  /** What it needs and this machine lacks, with what to do; undefined where it can run. */
  missing: string | undefined;
  start(): Promise<RunningEngine>;
}
