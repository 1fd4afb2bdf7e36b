import type { PageResult, SectionResult } from '../protocol.js';

/** What a visitor is doing with the list, which decides what may move. */
export interface Attention {
  /** URL of the row that the visitor has moved to; none until they move. */
  active: string | undefined;
  /** How many pages, from the first, are in view. */
  inView: number;
  /** Whether the visitor has scrolled the list: what is in view is then being looked at. */
  hasScrolled?: boolean;
}

/**
 * What is shown of a list that keeps getting better. The first rows of a query come at once. After that, rows in view
 * move once at most, and rows at and above the one that the visitor has moved to never; what is out of view may change
 * at any time. A better order that may not be shown waits until it is asked for.
 */
export class CalmList {
  shown: readonly PageResult[] = [];
  /** A better order than the one shown. */
  waiting: readonly PageResult[] | undefined;
  /** Whether rows in view have moved since the first ones of the query. */
  hasMoved = false;
  #isFirst = true;
  /** Pages that stay whatever comes. */
  #kept = 0;

  /** Another query: whatever comes next is its first. The rows of the one before stay until then. */
  begin(): void {
    this.#isFirst = true;
    this.hasMoved = false;
    this.#kept = 0;
    this.waiting = undefined;
  }

  /** More rows of the same query are asked for: those shown stay. */
  extend(): void {
    this.#kept = this.shown.length;
  }

  clear(): void {
    this.begin();
    this.shown = [];
  }

  /**
   * Takes in an order.
   * @param isFinal whether none better is expected soon: rows in view wait for that one
   */
  take(latest: readonly PageResult[], isFinal: boolean, { active, inView, hasScrolled }: Attention): void {
    this.waiting = undefined;
    if (this.#isFirst) {
      this.#isFirst = latest.length === 0;
      this.shown = latest;
      return;
    }
    const mayMove = isFinal && !this.hasMoved;
    const held = Math.max(this.#kept, pagesTo(this.shown, active), hasScrolled ? inView : 0);
    const frozen = mayMove ? held : Math.max(held, Math.min(inView, this.shown.length));
    const better = settle(this.shown, latest, frozen);
    if (mayMove && !startsAlike(this.shown, better, inView)) this.hasMoved = true;
    this.shown = better;
    if (isFinal && !startsAlike(better, latest, Math.max(inView, held))) this.waiting = latest;
  }

  /** Shows the better order that waits. */
  reveal(): void {
    if (!this.waiting) return;
    this.shown = this.waiting;
    this.waiting = undefined;
    this.hasMoved = true;
  }
}

/**
 * An order whose first `frozen` pages stay as they are shown, but for their scores; the others follow in the new order.
 */
export function settle(
  shown: readonly PageResult[],
  better: readonly PageResult[],
  frozen: number,
): PageResult[] {
  const latest = new Map(better.map((page) => [page.url, page]));
  const kept = shown.slice(0, frozen).map((page) => withScores(page, latest.get(page.url)));
  const keptUrls = new Set(kept.map(({ url }) => url));
  const others = better.filter(({ url }) => !keptUrls.has(url));
  return [...kept, ...others].slice(0, Math.max(better.length, kept.length));
}

/** How many pages there are down to the one with a row of this URL; 0 where none has it. */
export function pagesTo(shown: readonly PageResult[], url: string | undefined): number {
  return shown.findIndex(({ sections }) => sections.some((row) => row.url === url)) + 1;
}

/** The rows of a page as they stand, with what the latest update says of how well they answer. */
function withScores(page: PageResult, latest: PageResult | undefined): PageResult {
  if (!latest) return page;
  const scored = new Map(latest.sections.map((section) => [section.url, section]));
  const sections = page.sections.map((section): SectionResult => {
    const { score, why } = scored.get(section.url) ?? section;
    return { ...section, score, why };
  });
  return { ...page, score: latest.score, sections };
}

/** Whether the first pages of two lists show the same rows. */
function startsAlike(one: readonly PageResult[], other: readonly PageResult[], pages: number): boolean {
  return rowsOf(one.slice(0, pages)) === rowsOf(other.slice(0, pages));
}

function rowsOf(pages: readonly PageResult[]): string {
  return pages.flatMap(({ sections }) => sections.map(({ url }) => url)).join('\n');
}
