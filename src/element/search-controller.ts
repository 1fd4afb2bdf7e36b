import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { createSearch, type Search } from '../client/create-search.js';
import { type ModelPolicy, type ModelStatus, SearchError, type SearchUpdate } from '../protocol.js';

/** Asks the engine on behalf of an element, and keeps what it says: the latest update, the models' state, an error. */
export class SearchController implements ReactiveController {
  update: SearchUpdate | undefined;
  error: SearchError | undefined;
  readonly models = new Map<ModelStatus['model'], ModelStatus>();
  #search: Promise<Search> | undefined;
  #opened: string | undefined;
  #asked = 0;

  constructor(
    readonly host: ReactiveControllerHost,
    readonly onUpdate: (update: SearchUpdate) => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.close();
  }

  /** Opens the index, which costs kilobytes; done once for the same options, and again after an error. */
  open(index: string, models: ModelPolicy, language: string | undefined): void {
    const options = JSON.stringify([index, models, language]);
    if (this.#search && this.#opened === options && !this.error) return;
    this.close();
    this.#opened = options;
    const isCurrent = (): boolean => this.#search === opening;
    const opening = createSearch({
      index,
      models,
      ...(language !== undefined && { language }),
      onStatus: (status) => {
        if (isCurrent()) this.#onStatus(status);
      },
    });
    this.#search = opening;
    opening.catch((error: unknown) => {
      if (isCurrent()) this.#fail(error);
    });
  }

  /** Begins to load the models, which costs megabytes. */
  preload(): void {
    this.#search?.then(
      (search) => search.preload(),
      () => undefined,
    );
  }

  /** Asks; the answer to an earlier question is dropped at once. */
  async ask(query: string): Promise<void> {
    const asked = ++this.#asked;
    this.update = undefined;
    try {
      const search = await this.#search;
      if (!search || asked !== this.#asked) return;
      for await (const update of search.query(query)) {
        if (asked !== this.#asked) return;
        this.update = update;
        this.onUpdate(update);
        this.host.requestUpdate();
      }
    } catch (error) {
      if (asked === this.#asked) this.#fail(error);
    }
  }

  /** Forgets the question and its answer. */
  clear(): void {
    this.#asked++;
    this.update = undefined;
    this.host.requestUpdate();
  }

  close(): void {
    this.#asked++;
    this.#search?.then(
      (search) => search.dispose(),
      () => undefined,
    );
    this.#search = undefined;
    this.update = undefined;
    this.error = undefined;
    this.models.clear();
  }

  #onStatus(status: ModelStatus): void {
    this.models.set(status.model, status);
    this.host.requestUpdate();
  }

  #fail(error: unknown): void {
    this.error = error instanceof SearchError ? error : new SearchError('worker-failed', String(error));
    console.error(this.error.message);
    this.host.requestUpdate();
  }
}
