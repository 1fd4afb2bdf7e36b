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
