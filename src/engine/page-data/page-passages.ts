import { type Bitmap, has } from '../bitmap.js';
import { bitmapOf } from '../bitmap-sets.js';

/** Which passages each page has: those from its first up to the next page's. */
export class PagePassages {
  /** @param starts each page's first passage, in the order of the site, and behind the last */
  constructor(readonly starts: readonly number[]) {}

  get pages(): number {
    return this.starts.length - 1;
  }

  first(page: number): number {
    return this.starts[page]!;
  }

  /** The passages of pages. */
  of(pages: Bitmap): Bitmap {
    const passages: number[] = [];
    for (let page = 0; page < this.pages; page++)
      if (has(pages, page))
        for (let passage = this.starts[page]!; passage < this.starts[page + 1]!; passage++)
          passages.push(passage);
    return bitmapOf(passages, this.starts.at(-1)!);
  }

  /** The pages that any of these passages is of; passages come in rising order. */
  having(passages: Iterable<number>): Bitmap {
    const pages: number[] = [];
    let page = 0;
    for (const passage of passages) {
      while (passage >= this.starts[page + 1]!) page++;
      pages.push(page);
    }
    return bitmapOf(pages, this.pages);
  }
}
