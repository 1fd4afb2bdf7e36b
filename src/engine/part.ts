import { messageOf, SearchError } from './errors.js';

/** A file that could not be had is asked for again after this long, in ms: the network may be back. */
const RETRY_AFTER = 5000;

/**
 * A part of the engine that may fail without taking the others with it: an index file, a model. It is opened when
 * first needed, once; a failure is kept as a reason that the updates show, and only where a file was missing is it tried
 * again, opened anew only if it had not opened.
 */
export class Part<T> {
  #opened: Promise<T | undefined> | undefined;
  #retryAt = Infinity;
  #unopened = true;
  /** Why it cannot be had; undefined while it can, or may. */
  failure: string | undefined;

  /** Why it answers less well than it could, where that is so. */
  shortfall: string | undefined;

  #uses = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param restAfter ms without use after which it is let go, so that its memory is free; it opens anew when needed
   * @param end what is to be done then
   */
  constructor(
    readonly start: (part: Part<T>) => Promise<T>,
    readonly restAfter?: number,
    readonly end?: (part: T) => void,
  ) {}

  /** The part, or undefined when it failed. Never rejects. */
  open(): Promise<T | undefined> {
    if (Date.now() >= this.#retryAt) {
      this.#retryAt = Infinity;
      this.failure = undefined;
      if (this.#unopened) this.#opened = undefined;
    }
    this.#opened ??= this.start(this).then(
      (part) => {
        this.#unopened = false;
        this.#restLater();
        return part;
      },
      (error: unknown) => {
        this.#fail(error);
        return undefined;
      },
    );
    return this.#opened;
  }

  #fail(error: unknown): void {
    this.failure = messageOf(error);
    if (error instanceof SearchError && error.code === 'missing-file')
      this.#retryAt = Date.now() + RETRY_AFTER;
  }

  /**
   * Uses the part. When that fails, the part counts as failed until it is let go, or for a while where a file was missing;
   * undefined then, as when it could not open.
   * @throws the signal's reason when the work ended because of it
   */
  async use<R>(work: (part: T) => R | Promise<R>, signal?: AbortSignal): Promise<R | undefined> {
    const part = await this.open();
    if (part === undefined || this.failure !== undefined) return undefined;
    this.#uses++;
    try {
      return await work(part);
    } catch (error) {
      signal?.throwIfAborted();
      this.#fail(error);
      return undefined;
    } finally {
      this.#uses--;
      this.#restLater();
    }
  }

  #restLater(): void {
    if (this.restAfter === undefined) return;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      // One that is being used begins to wait again when that ends.
      if (this.#uses > 0) return;
      void this.#opened?.then((part) => part && this.end?.(part));
      this.#opened = undefined;
      this.#unopened = true;
      // Opened anew, it may work.
      this.failure = undefined;
    }, this.restAfter);
  }

  /** A part that is not there, and why. */
  static absent<T>(reason: string): Part<T> {
    const part = new Part<T>(() => Promise.reject(new Error(reason)));
    part.failure = reason;
    return part;
  }
}
