import * as v from 'valibot';
import { SearchError } from '../errors.js';

/** JSON of any shape; in a request's body, strings may hold placeholders (see `fill-template.ts`). */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(500));
/** Steps into an answer, with dots between them: `hits.hits`, `results.0.hits`; empty for the answer itself. */
const steps = v.pipe(
  v.string(),
  v.maxLength(200),
  v.check((path) => path.split('.').length <= 10, 'expected at most 10 steps with dots between them'),
);
/** A path, a template with paths in braces (`/docs/{slug}#{anchor}`), or a list of which the first that gives text counts. */
const source = v.union(
  [steps, v.pipe(v.array(steps), v.minLength(1), v.maxLength(10))],
  'expected a path such as "_source.title", a template such as "/docs/{slug}", or a list of them',
);
const trail = v.union(
  [
    source,
    v.strictObject({ all: v.pipe(v.array(steps), v.minLength(1), v.maxLength(10)) }),
    v.strictObject({ split: source, separator: text }),
  ],
  'expected a path, { "all": [paths] }, or { "split": path, "separator": text }',
);

const response = v.strictObject({
  /** Where the list of hits is. */
  hits: v.optional(steps),
  url: v.optional(source),
  title: v.optional(source),
  /** Headings from below the title down to the hit's own. */
  trail: v.optional(trail),
  text: v.optional(source),
  /** The heading's id, where the URL does not have it. */
  anchor: v.optional(source),
  score: v.optional(source),
  /** Where the engine says what went wrong. */
  error: v.optional(source),
});

const milliseconds = (least: number, most: number): v.GenericSchema<number> =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** A header that fetch would refuse is refused here, where the message can name it. */
const headerName = v.pipe(v.string(), v.regex(/^[\w!#$%&'*+.^`|~-]+$/, 'expected the name of a header'));

const headerValue = v.pipe(v.string(), v.regex(/^[\t\u0020-\u00ff]{0,4000}$/, 'expected one line of text'));

const settings = v.strictObject({
  engine: v.optional(v.picklist(['opensearch', 'typesense', 'qdrant', 'meilisearch'])),
  url: v.pipe(
    text,
    v.check(isHttp, 'expected a URL with http or https, such as "https://search.example.org"'),
  ),
  collection: v.optional(
    v.pipe(v.string(), v.regex(/^[\w.,*-]{1,200}$/, 'expected the name of an index or collection')),
  ),
  search: v.optional(v.pipe(v.array(text), v.minLength(1), v.maxLength(30))),
  vector: v.optional(text),
  documents: v.optional(v.picklist(['plain', 'docsearch'])),
  method: v.optional(v.picklist(['GET', 'POST'])),
  headers: v.optional(v.record(headerName, headerValue)),
  parameters: v.optional(v.record(text, v.string())),
  body: v.optional(v.custom<Json>(isJson, 'expected JSON')),
  keywordBody: v.optional(v.custom<Json>(isJson, 'expected JSON')),
  filters: v.optional(v.record(text, text)),
  response: v.optional(response, {}),
  origins: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.check(isOrigin, 'expected an origin such as "https://example.org"'))),
      v.maxLength(20),
    ),
    [],
  ),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(250)), 50),
  timeout: v.optional(milliseconds(100, 60_000), 5000),
  pause: v.optional(milliseconds(0, 2000), 100),
});

/** What a site says of its engine; docs/remote.md explains each. Data alone: it lies in the manifest and crosses to the worker. */
export type RemoteSettings = v.InferOutput<typeof settings>;
export type RemoteResponse = RemoteSettings['response'];
/** Where a text of a hit comes from. */
export type Source = v.InferOutput<typeof source>;
export type TrailSource = v.InferOutput<typeof trail>;

/**
 * Reads the settings of a remote engine.
 * @param where named in errors
 * @throws SearchError `bad-option` that names the key, what was expected and what was found
 */
export function readSettings(json: unknown, where: string): RemoteSettings {
  const read = v.safeParse(settings, json);
  if (read.success) return read.output;
  const issue = read.issues[0];
  const wrong =
    issue.expected === 'never'
      ? 'there is no such key'
      : issue.type === 'strict_object' && issue.received === 'undefined'
        ? 'it is missing'
        : issue.message.replace(/^Invalid [\w ]+: E/, 'e');
  throw new SearchError(
    'bad-option',
    `${where}: ${v.getDotPath(issue) ?? 'the whole'}: ${wrong}. docs/remote.md lists the keys and what they may be.`,
  );
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && !/[{}]/.test(url);
}

function isOrigin(origin: string): boolean {
  return isHttp(origin) && new URL(origin).origin === origin.replace(/\/$/, '');
}

/** Settings come out of JSON; what is made by hand is checked as far down as a body may go. */
function isJson(value: unknown, depth = 0): boolean {
  if (depth > 50) return false;
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1));
  if (typeof value === 'object' && value !== null)
    return Object.values(value).every((item) => isJson(item, depth + 1));
  return value === null || /^(string|boolean)$/.test(typeof value) || Number.isFinite(value);
}
