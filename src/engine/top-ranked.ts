import type { Ranked } from './ranked.js';

/** Whether a passage comes after another: a lower score, or the same and later in the site. */
const isAfter = (left: Ranked, right: Ranked): boolean =>
  left.score < right.score || (left.score === right.score && left.passage > right.passage);

/** Keeps the best `limit` of many, in a binary heap with the last of them on top. */
export class TopRanked {
  readonly #heap: Ranked[] = [];

  constructor(readonly limit: number) {}

  add(passage: number, score: number): void {
    const heap = this.#heap;
    if (heap.length < this.limit) {
      heap.push({ passage, score });
      this.#rise(heap.length - 1);
    } else if (heap[0] && (score > heap[0].score || (score === heap[0].score && passage < heap[0].passage))) {
      heap[0] = { passage, score };
      this.#sink();
    }
  }

  /** The best, in order. */
  finish(): Ranked[] {
    return this.#heap.sort((left, right) => (isAfter(left, right) ? 1 : -1));
  }

  #rise(at: number): void {
    const heap = this.#heap;
    for (let parent = (at - 1) >> 1; at > 0 && isAfter(heap[at]!, heap[parent]!); parent = (at - 1) >> 1) {
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }

  #sink(): void {
    const heap = this.#heap;
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      if (left >= heap.length) return;
      const child = left + 1 < heap.length && isAfter(heap[left + 1]!, heap[left]!) ? left + 1 : left;
      if (!isAfter(heap[child]!, heap[at]!)) return;
      [heap[at], heap[child]] = [heap[child]!, heap[at]!];
      at = child;
    }
  }
}
