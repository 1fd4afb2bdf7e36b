import type { Filters, SearchError } from '../protocol.js';
import { badOption } from './bad-option.js';

/**
 * Checks filters that come from a page's own code.
 * @throws SearchError `bad-option` that names the key
 */
export function checkFilters(filters: unknown): asserts filters is Filters {
  const wrong = (option: string, value: unknown): SearchError =>
    badOption(option, value, 'a value, a list of values, or { any, all, none } with lists of values');
  if (typeof filters !== 'object' || filters === null || Array.isArray(filters))
    throw wrong('filters', filters);
  for (const [key, asked] of Object.entries(filters as Record<string, unknown>)) {
    if (typeof asked !== 'string' && !isTexts(asked) && !isRule(asked)) throw wrong(`filters.${key}`, asked);
  }
}

/** A list that is left out, or undefined, asks for nothing. */
function isRule(asked: unknown): boolean {
  return (
    typeof asked === 'object' &&
    asked !== null &&
    !Array.isArray(asked) &&
    Object.entries(asked).every(
      ([rule, values]) => /^(any|all|none)$/.test(rule) && (values === undefined || isTexts(values)),
    )
  );
}

export function isTexts(values: unknown): boolean {
  return Array.isArray(values) && values.every((value) => typeof value === 'string');
}
