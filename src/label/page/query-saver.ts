import type { LabelledQuery, QueryDraft } from '../protocol.js';
import { api } from './api.js';

/** Saves queries as they change: one request after the other, each with the query as it is by then. */
export class QuerySaver {
  /** Queries that could not be saved yet. */
  readonly unsaved = new Set<QueryDraft & { id?: string }>();
  /** Why the last attempt failed. */
  failure: string | undefined;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly onChange: () => void,
    readonly onSaved: (query: LabelledQuery) => void,
  ) {}

  get saving(): boolean {
    return this.#waiting > 0;
  }

  /** Saves a query, and gives it its id if it has none. */
  save(query: QueryDraft & { id?: string }): void {
    this.unsaved.add(query);
    this.#waiting++;
    this.#last = this.#last
      .then(() => this.#send(query))
      .finally(() => {
        this.#waiting--;
        this.onChange();
      });
  }

  /** Tries again what could not be saved. */
  retry(): void {
    for (const query of this.unsaved) this.save(query);
    this.onChange();
  }

  /** A query that was deleted is not to be saved again. */
  forget(id: string): void {
    for (const query of this.unsaved) if (query.id === id) this.unsaved.delete(query);
    if (this.unsaved.size === 0) this.failure = undefined;
  }

  /** Does something once nothing is being saved. */
  async afterSaving<T>(work: () => Promise<T>): Promise<T> {
    await this.#last;
    return work();
  }

  async #send(query: QueryDraft & { id?: string }): Promise<void> {
    const draft = { text: query.text, relevant: query.relevant };
    try {
      const saved = query.id === undefined ? await api.add(draft) : await api.update(query.id, draft);
      query.id = saved.id;
      this.unsaved.delete(query);
      if (this.unsaved.size === 0) this.failure = undefined;
      this.onSaved(saved);
    } catch (error) {
      this.failure = (error as Error).message;
      // An earlier one of the same query may have been saved.
      this.unsaved.add(query);
    }
  }
}
