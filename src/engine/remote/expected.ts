/** What is wrong with a value, and where in it. */
export interface Fault {
  key: (string | number)[];
  what: string;
}

/** Says what is wrong with a value that should be of some kind; undefined where nothing is. */
export type Rule = (value: unknown) => Fault | undefined;
export type Rules<T> = { [Key in keyof Required<T>]: Rule };

// A schema of valibot's would do the same; but what it takes beyond the manifest's schema would come with the first
// rows of every site, since a module lies in one chunk.

const fault = (what: string, value: unknown): Fault => ({
  key: [],
  what: `expected ${what}, found ${(JSON.stringify(value) ?? 'nothing').slice(0, 80)}`,
});
const below = (key: string | number, inner: Fault | undefined): Fault | undefined =>
  inner && { ...inner, key: [key, ...inner.key] };

/** An object whose keys all have a rule, and whose values keep theirs. */
export function faultOf<T>(value: unknown, rules: Rules<T>): Fault | undefined {
  if (!isObject(value)) return fault('an object', value);
  for (const [key, member] of Object.entries(value)) {
    const rule = Object.hasOwn(rules, key) ? rules[key as keyof T] : undefined;
    if (!rule) return { key: [key], what: 'there is no such key' };
    const wrong = below(key, rule(member));
    if (wrong) return wrong;
  }
  return undefined;
}

export function text(form: RegExp, what: string): Rule {
  return (value) => (typeof value === 'string' && form.test(value) ? undefined : fault(what, value));
}

export const shortText = text(/^[^]{1,500}$/, 'a text of 1 to 500 characters');

export function oneOf(...values: readonly string[]): Rule {
  return (value) => (values.some((known) => known === value) ? undefined : fault(values.join(' or '), value));
}

export function whole(least: number, most: number): Rule {
  return (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? undefined
      : fault(`a whole number from ${least} to ${most}`, value);
}

export function listOf(rule: Rule, most: number): Rule {
  return (value) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > most)
      return fault(`a list of 1 to ${most}`, value);
    for (const [at, item] of value.entries()) {
      const wrong = below(at, rule(item));
      if (wrong) return wrong;
    }
    return undefined;
  };
}

/** An object of texts by name. */
export function recordOf(rule: Rule, names = /^[^]{1,500}$/): Rule {
  return (value) => {
    if (!isObject(value)) return fault('an object', value);
    for (const [name, member] of Object.entries(value)) {
      const wrong = names.test(name) ? rule(member) : { key: [], what: 'this cannot be a name here' };
      if (wrong) return below(name, wrong);
    }
    return undefined;
  };
}

/** An address of http or https, or a path on the site's own host, without placeholders. */
export const address: Rule = (value) =>
  (isHttp(value) || (typeof value === 'string' && /^\/(?!\/)[^\s]{0,500}$/.test(value))) &&
  !/[{}]/.test(value)
    ? undefined
    : fault(
        'a URL such as "https://search.example.org", without a user name, or a path such as "/search"',
        value,
      );

export const origin: Rule = (value) =>
  isHttp(value) && new URL(value).origin === value.replace(/\/$/, '')
    ? undefined
    : fault('an origin such as "https://example.org"', value);

/** Steps with dots between them. */
export const path: Rule = (value) =>
  typeof value === 'string' && value.length <= 200 && value.split('.').length <= 10
    ? undefined
    : fault('a path of at most 10 steps, such as "hits.hits"', value);

/** A path, a template, or a list of them. */
export function source(): Rule {
  const list = listOf(path, 10);
  return (value) => (Array.isArray(value) ? list(value) : path(value));
}

export const trail: Rule = (value) => {
  if (!isObject(value)) return source()(value);
  return 'all' in value
    ? faultOf(value, { all: listOf(path, 10) })
    : (faultOf(value, { split: source(), separator: shortText }) ??
        ('split' in value && 'separator' in value
          ? undefined
          : fault('a path, { "all": [paths] }, or { "split": path, "separator": text }', value)));
};

/** JSON that is nested no deeper than requests are. */
export const json: Rule = (value) =>
  isJson(value, 0) ? undefined : fault('JSON, at most 50 levels deep', value);

function isJson(value: unknown, depth: number): boolean {
  if (depth > 50) return false;
  if (typeof value === 'object' && value !== null)
    return Object.values(value).every((item) => isJson(item, depth + 1));
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isHttp(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 500 || !URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && username + password === '';
}
