import { type Filters, SearchError } from '../protocol.js';

/**
 * Checks filters that come from a page's own code.
 * @throws SearchError `bad-option` that names the key
 */
export function checkFilters(filters: unknown): asserts filters is Filters {
  const wrong = (what: string): SearchError =>
    new SearchError(
      'bad-option',
      `${what}; expected a value, a list of values, or { any, all, none } with lists of values.`,
    );
  if (typeof filters !== 'object' || filters === null || Array.isArray(filters))
    throw wrong(`filters is ${JSON.stringify(filters)}`);
  for (const [key, asked] of Object.entries(filters as Record<string, unknown>)) {
    const lists =
      typeof asked === 'object' && asked !== null && !Array.isArray(asked) ? Object.entries(asked) : [];
    const known = lists.every(([rule, values]) => /^(any|all|none)$/.test(rule) && isTexts(values));
    if (typeof asked !== 'string' && !isTexts(asked) && (lists.length === 0 || !known))
      throw wrong(`filters.${key} is ${JSON.stringify(asked)}`);
  }
}

function isTexts(values: unknown): boolean {
  return Array.isArray(values) && values.every((value) => typeof value === 'string');
}
