import { type Bitmap, has } from '../bitmap.js';
import { bitmapOf } from '../bitmap-sets.js';

/** Which passages each page has: those from its first up to the next page's. */
export class PagePassages {
  /** Each page's first passage, and behind the last. */
  readonly #firsts = [0];

  /** @param counts how many passages each page has, in the order of the site */
  constructor(counts: readonly number[]) {
    for (const count of counts) this.#firsts.push(this.#firsts.at(-1)! + count);
  }

  get pages(): number {
    return this.#firsts.length - 1;
  }

  first(page: number): number {
    return this.#firsts[page]!;
  }

  /** The passages of pages. */
  of(pages: Bitmap): Bitmap {
    const passages: number[] = [];
    for (let page = 0; page < this.pages; page++)
      if (has(pages, page))
        for (let passage = this.#firsts[page]!; passage < this.#firsts[page + 1]!; passage++)
          passages.push(passage);
    return bitmapOf(passages, this.#firsts.at(-1)!);
  }

  /** The pages that any of these passages is of; passages come in rising order. */
  having(passages: Iterable<number>): Bitmap {
    const pages: number[] = [];
    let page = 0;
    for (const passage of passages) {
      while (passage >= this.#firsts[page + 1]!) page++;
      pages.push(page);
    }
    return bitmapOf(pages, this.pages);
  }
}
