/** What a search may ask of the second look. */
export interface RerankOptions {
  /**
   * How many passages the cross-encoder reads, 0 to 100. `auto`: up to 30, as many as the budget allows: the first 10, and
   * those that may yet come among them. Default `auto`.
   */
  candidates?: number | 'auto' | undefined;
  /**
   * Milliseconds that reading may take, 1 to 60000; more let slow machines read more. At least one batch is read. Default:
   * 600 with `auto`, none with a number.
   */
  budget?: number | undefined;
}

/** How much the cross-encoder reads for a query. */
export interface Reading {
  /** Most candidates. */
  most: number;
  /** Milliseconds after which it ends. */
  budget: number;
  /**
   * Beyond the first so many, only what can still change which are the first, or their order, is read; undefined where all
   * others are too.
   */
  settle?: number;
}

/** Where nothing else is said: by far most of what can be gained lies among these. */
export const MOST_CANDIDATES = 30;
const BUDGET = 600;
const SETTLED = 10;

export function readingOf({ candidates = 'auto', budget }: RerankOptions = {}): Reading {
  return candidates === 'auto'
    ? { most: MOST_CANDIDATES, budget: budget ?? BUDGET, settle: SETTLED }
    : { most: candidates, budget: budget ?? Infinity };
}
