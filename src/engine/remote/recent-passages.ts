import type { Passage } from '../index-file/passage-file.js';
import type { PassageLookup } from '../retriever.js';
import type { Hit } from './read-answer.js';

/** How many passages are kept: those of twenty of the longest lists, where a search needs its own alone. */
const KEPT = 5000;

/** The passages of the latest answers, numbered as they come. A search that is under way finds its own among them. */
export class RecentPassages implements PassageLookup {
  readonly #passages = new Map<number, { passage: Passage; page: number }>();
  #next = 0;

  /** Takes in an answer's hits, and gives each a number; numbers rise along the list. */
  add(hits: readonly Hit[]): Passage[] {
    const pages = new Map<string, { page: Passage['page']; number: number }>();
    const added = hits.map(({ page: url, title, anchor, trail, text }) => {
      const id = this.#next++;
      let page = pages.get(url);
      if (!page) pages.set(url, (page = { page: { url, title }, number: id }));
      const passage: Passage = { id, page: page.page, section: { anchor, trail }, text };
      this.#passages.set(id, { passage, page: page.number });
      return passage;
    });
    for (const id of this.#passages.keys()) {
      if (this.#passages.size <= KEPT) break;
      this.#passages.delete(id);
    }
    return added;
  }

  /** They came with the answer that named them. */
  has(): boolean {
    return true;
  }

  async get(ids: readonly number[]): ReturnType<PassageLookup['get']> {
    const passages = new Map<number, Passage>();
    for (const id of ids) {
      const kept = this.#passages.get(id);
      if (kept) passages.set(id, kept.passage);
    }
    return { passages, failures: [] };
  }

  /** The number of the first passage of the same page and answer. */
  pageOf(id: number): number {
    return this.#passages.get(id)?.page ?? id;
  }
}
