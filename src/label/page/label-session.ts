import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LabelledQuery, LabelSheet, Pool, QueryDraft, Section } from '../protocol.js';
import { api } from './api.js';
import { QuerySaver } from './query-saver.js';

/** The query at hand. */
export interface Work extends QueryDraft {
  /** None until it is saved for the first time. */
  id?: string;
  /** The section that the query is written for. */
  suggested?: Section;
  /** What may answer it. */
  pool?: Pool;
}

/** What went wrong, and what would be done again. */
export interface Failure {
  message: string;
  retry: () => void;
}

/** All that the page knows and does; its element shows it. */
export class LabelSession implements ReactiveController {
  sheet: LabelSheet | undefined;
  work: Work = emptyWork();
  /** A pool or a suggestion is being fetched. */
  looking = false;
  failure: Failure | undefined;
  /** The query deleted last, which can be brought back. */
  deleted: LabelledQuery | undefined;
  readonly saver: QuerySaver;
  #asked = new AbortController();

  constructor(readonly host: ReactiveControllerHost) {
    host.addController(this);
    this.saver = new QuerySaver(
      () => host.requestUpdate(),
      (saved) => this.#list(saved),
    );
  }

  hostConnected(): void {
    void this.open();
  }

  async open(): Promise<void> {
    await this.#attempt(
      async () => (this.sheet = await api.sheet()),
      () => void this.open(),
    );
  }

  /** Saves the query as it now reads, and finds what may answer it. */
  async ask(typed: string): Promise<void> {
    const text = tidy(typed);
    if (text === '') return;
    const { work } = this;
    this.#retext(text);
    const signal = this.#supersede();
    this.looking = true;
    await this.#attempt(
      async () => (work.pool = await api.pool({ text, relevant: work.relevant }, signal)),
      () => void this.ask(text),
      signal,
    );
  }

  /** Marks a section right, or no longer. */
  toggle(id: string): void {
    const { work } = this;
    work.relevant = work.relevant.includes(id)
      ? work.relevant.filter((other) => other !== id)
      : [...work.relevant, id];
    this.#save();
  }

  /** Ends with this query, and begins the next one the same way. */
  async next(typed: string): Promise<void> {
    this.#retext(tidy(typed));
    if (this.work.suggested && this.work.id === undefined && this.work.text === '') return;
    if (this.work.suggested) await this.suggest();
    else this.begin();
  }

  /** Begins a query of the person's own. */
  begin(work: Work = emptyWork()): void {
    this.#supersede();
    this.work = work;
    this.looking = false;
    this.failure = undefined;
    this.host.requestUpdate();
  }

  /** Begins a query for a section of the site, which is right for it. */
  async suggest(): Promise<void> {
    this.begin();
    const signal = this.#supersede();
    this.looking = true;
    await this.#attempt(
      async () => {
        const suggested = await api.suggestion();
        signal.throwIfAborted();
        this.work = { text: '', relevant: [suggested.id], suggested };
      },
      () => void this.suggest(),
      signal,
    );
  }

  /** Opens a query that was written before. */
  async edit({ id, text, relevant }: LabelledQuery): Promise<void> {
    this.begin({ id, text, relevant });
    await this.ask(text);
  }

  async remove(query: LabelledQuery): Promise<void> {
    await this.#attempt(
      async () => {
        await this.saver.afterSaving(() => api.remove(query.id));
        this.saver.forget(query.id);
        this.#unlist(query.id);
        this.deleted = query;
        if (this.work.id === query.id) this.begin();
      },
      () => void this.remove(query),
    );
  }

  async restore(): Promise<void> {
    const query = this.deleted;
    if (!query) return;
    await this.#attempt(
      async () => {
        this.#list(await api.add({ text: query.text, relevant: query.relevant }));
        this.deleted = undefined;
      },
      () => void this.restore(),
    );
  }

  /** Drops what is being fetched. The signal ends what is fetched in its place. */
  #supersede(): AbortSignal {
    this.#asked.abort();
    this.#asked = new AbortController();
    return this.#asked.signal;
  }

  /** Gives the query another text. What was found for the former one no longer counts. */
  #retext(text: string): void {
    if (text === '' || text === this.work.text) return;
    this.work.text = text;
    delete this.work.pool;
    this.#save();
  }

  #save(): void {
    if (this.work.text !== '') this.saver.save(this.work);
    this.host.requestUpdate();
  }

  #list(saved: LabelledQuery): void {
    if (!this.sheet) return;
    const { queries } = this.sheet;
    const known = queries.some(({ id }) => id === saved.id);
    this.sheet = {
      ...this.sheet,
      queries: known ? queries.map((query) => (query.id === saved.id ? saved : query)) : [...queries, saved],
    };
  }

  #unlist(id: string): void {
    if (this.sheet)
      this.sheet = { ...this.sheet, queries: this.sheet.queries.filter((query) => query.id !== id) };
  }

  /** Does something that may fail, and keeps why. Nothing is kept of what was superseded. */
  async #attempt(what: () => Promise<unknown>, retry: () => void, signal?: AbortSignal): Promise<void> {
    this.failure = undefined;
    this.host.requestUpdate();
    try {
      await what();
    } catch (error) {
      if (!signal?.aborted) this.failure = { message: (error as Error).message, retry };
    }
    if (!signal?.aborted) this.looking = false;
    this.host.requestUpdate();
  }
}

function emptyWork(): Work {
  return { text: '', relevant: [] };
}

/** A query as the server keeps it. */
function tidy(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
