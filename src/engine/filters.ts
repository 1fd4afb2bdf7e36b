import { SearchError } from './errors.js';

/**
 * What is asked of a page by keys that the site defines (`data-pagefind-filter`, `docsearch:` meta). A page passes when
 * it passes every key: with a value or a list, it must have any of them; `any`, `all` and `none` say it otherwise.
 * @example { section: ['cli', 'api'], version: '2', status: { none: ['draft'] } }
 */
export type Filters = Readonly<Record<string, string | readonly string[] | FilterRule>>;

/** What is asked of one key's values. */
export interface FilterRule {
  readonly any?: readonly string[] | undefined;
  readonly all?: readonly string[] | undefined;
  readonly none?: readonly string[] | undefined;
}

/** The rules by key; keys that ask for nothing are left out. */
export function filterRules(filters: Filters): Map<string, FilterRule> {
  return new Map(
    Object.entries(filters)
      .map(([key, asked]) => [key, ruleOf(asked)] as const)
      .filter(([, { any, all, none }]) => [any, all, none].some((values) => values?.length)),
  );
}

function ruleOf(asked: Filters[string]): FilterRule {
  if (typeof asked === 'string') return { any: [asked] };
  return isList(asked) ? { any: asked } : asked;
}

function isList(asked: readonly string[] | FilterRule): asked is readonly string[] {
  return Array.isArray(asked);
}

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
