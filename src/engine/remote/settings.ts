import { SearchError } from '../errors.js';
import * as expected from './expected.js';

/** JSON of any shape; in a request's body, strings may hold placeholders (see `fill-template.ts`). */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * Where a text of a hit comes from: a path with dots between its steps (`_source.title`), a template with paths in
 * braces (`/docs/{slug}#{anchor}`), or a list of them, of which the first that gives a text counts.
 */
export type Source = string | string[];

/** Headings: a list at a path or one heading; those at several paths; or a text to split. */
export type TrailSource = Source | { all: string[] } | { split: Source; separator: string };

/** Where the parts of an answer are. Paths of a hit's parts begin at the hit. */
export interface RemoteResponse {
  /** The list of hits; an empty path is the answer itself. */
  hits?: string;
  url?: Source;
  title?: Source;
  /** Headings from below the title down to the hit's own. */
  trail?: TrailSource;
  text?: Source;
  /** The heading's id, where the URL does not have it. */
  anchor?: Source;
  score?: Source;
  /** Where the engine says what went wrong. */
  error?: Source;
}

/** What a site says of its engine: data alone, since it lies in the manifest. docs/remote.md explains each key. */
export interface RemoteSettings {
  engine?: 'opensearch' | 'typesense' | 'qdrant' | 'meilisearch';
  url: string;
  collection?: string;
  search?: string[];
  vector?: string;
  documents?: 'plain' | 'docsearch';
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  parameters?: Record<string, string>;
  body?: Json;
  keywordBody?: Json;
  filters?: Record<string, string>;
  response?: RemoteResponse;
  origins?: string[];
  limit?: number;
  timeout?: number;
  pause?: number;
}

/** Used where a site does not say. */
export const DEFAULTS = { limit: 50, timeout: 5000, pause: 100 } as const;

/** Settings with their defaults. */
export type CompleteSettings = RemoteSettings & Required<Pick<RemoteSettings, keyof typeof DEFAULTS>>;

const source = expected.source();
const RESPONSE: expected.Rules<RemoteResponse> = {
  hits: expected.path,
  ...{ url: source, title: source, text: source, anchor: source, score: source, error: source },
  trail: expected.trail,
};
const SETTINGS: expected.Rules<RemoteSettings> = {
  engine: expected.oneOf('opensearch', 'typesense', 'qdrant', 'meilisearch'),
  url: expected.address,
  collection: expected.text(/^[\w.,*-]{1,200}$/, 'the name of an index or collection'),
  search: expected.listOf(expected.shortText, 30),
  vector: expected.shortText,
  documents: expected.oneOf('plain', 'docsearch'),
  method: expected.oneOf('GET', 'POST'),
  // What `fetch` would refuse is refused here, where the message can name it.
  headers: expected.recordOf(
    expected.text(/^[\t -\u00ff]{0,4000}$/, 'one line of text'),
    /^[\w!#$%&'*+.^`|~-]+$/,
  ),
  parameters: expected.recordOf(expected.text(/^[^]{0,4000}$/, 'text')),
  body: expected.json,
  keywordBody: expected.json,
  filters: expected.recordOf(expected.shortText),
  response: (value) => expected.faultOf(value, RESPONSE),
  origins: expected.listOf(expected.origin, 20),
  limit: expected.whole(1, 250),
  timeout: expected.whole(100, 60_000),
  pause: expected.whole(0, 2000),
};

/**
 * Reads the settings of a remote engine, and fills in defaults.
 * @param where named in errors
 * @throws SearchError `bad-option` that names the key, what was expected and what was found
 */
export function readSettings(json: unknown, where: string): CompleteSettings {
  const fault =
    expected.faultOf(json, SETTINGS) ??
    ((json as Partial<RemoteSettings>).url === undefined
      ? { key: ['url'], what: 'it is missing' }
      : undefined);
  if (!fault) return { ...DEFAULTS, ...(json as RemoteSettings) };
  throw new SearchError(
    'bad-option',
    `${where}: ${fault.key.join('.') || 'the whole'}: ${fault.what}. docs/remote.md lists the keys and what they may be.`,
  );
}
