import type { Bitmap } from '../bitmap.js';
import { allBut, bitmapOf, both, either } from '../bitmap-sets.js';
import type { FilterRule } from '../filters.js';
import type { FilterValues } from './filter-file.js';

/**
 * The pages that pass every rule. A value that no page has matches none, and neither does any value of an unknown key.
 * @param valuesOf what pages have by each key of the rules
 * @param pages how many pages there are
 */
export function filterPages(
  rules: ReadonlyMap<string, FilterRule>,
  valuesOf: ReadonlyMap<string, FilterValues>,
  pages: number,
): Bitmap {
  let passing = allBut(bitmapOf([], pages));
  for (const [key, { any = [], all = [], none = [] }] of rules) {
    const having = (value: string): Bitmap => bitmapOf(valuesOf.get(key)?.get(value) ?? [], pages);
    if (any.length > 0) passing = both(passing, any.map(having).reduce(either));
    for (const value of all) passing = both(passing, having(value));
    for (const value of none) passing = both(passing, allBut(having(value)));
  }
  return passing;
}
