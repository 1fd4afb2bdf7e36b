import type { PageResult } from '../protocol.js';

/**
 * Takes in a better order without moving what the visitor is looking at: the first `frozen` pages stay as they are
 * shown, the others follow in the new order.
 */
export function settle(
  shown: readonly PageResult[],
  better: readonly PageResult[],
  frozen: number,
): PageResult[] {
  const kept = shown.slice(0, frozen);
  const keptUrls = new Set(kept.map(({ url }) => url));
  return [...kept, ...better.filter(({ url }) => !keptUrls.has(url))].slice(
    0,
    Math.max(better.length, kept.length),
  );
}

/** How many pages must stay when the row with this id is the active one: those above it and its own. */
export function frozenPages(shown: readonly PageResult[], activeUrl: string | undefined): number {
  if (activeUrl === undefined) return 0;
  return shown.findIndex(({ sections }) => sections.some(({ url }) => url === activeUrl)) + 1;
}
