import type { FilterValues } from './filter-file.js';

/** How many of these pages have each value; values that none has are left out. */
export function countFacets(values: FilterValues, pages: ReadonlySet<number>): Record<string, number> {
  const counts = [...values].map(([value, having]): [string, number] => [
    value,
    having.reduce((sum, page) => sum + Number(pages.has(page)), 0),
  ]);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
