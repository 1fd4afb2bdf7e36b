import { SearchError } from '../errors.js';
import type { FilterRule } from '../filters.js';
import { has, unknownPlaceholder } from './fill-template.js';
import { meilisearch } from './presets/meilisearch.js';
import { opensearch } from './presets/opensearch.js';
import type { Preset } from './presets/preset.js';
import { qdrant } from './presets/qdrant.js';
import { typesense } from './presets/typesense.js';
import type { Json, RemoteResponse, RemoteSettings } from './settings.js';

const PRESETS: Record<NonNullable<RemoteSettings['engine']>, Preset> = {
  opensearch,
  typesense,
  qdrant,
  meilisearch,
};

/** A request before its placeholders are filled. */
export interface RequestTemplate {
  url: string;
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
  parameters: Readonly<Record<string, string>>;
  body?: Json | undefined;
}

/** How a site's engine is asked and its answers are read: the settings with what is known of the engine filled in. */
export interface Mapping {
  /** By words. Absent where the engine only takes vectors. */
  keyword?: RequestTemplate;
  /** With the query's vector. Absent where the settings have none. */
  hybrid?: RequestTemplate;
  response: RemoteResponse & { hits: string };
  filters: (rules: ReadonlyMap<string, FilterRule>) => Json;
}

/**
 * Completes settings with what is known of their engine.
 * @param where named in errors
 * @throws SearchError `bad-option` that names what is missing
 */
export function mappingOf(settings: RemoteSettings, where: string): Mapping {
  const preset = settings.engine && PRESETS[settings.engine];
  const response = { ...preset?.response(settings), ...settings.response };
  const { hits, url, title, text } = response;
  const missing = (key: string, what: string): SearchError =>
    new SearchError(
      'bad-option',
      `${where}: ${key} is missing: ${what}. docs/remote.md has an example of it.`,
    );
  if (hits === undefined)
    throw missing('response.hits', 'say where the list of hits is, or name the "engine"');
  if (url === undefined) throw missing('response.url', "say where a hit has its page's URL");
  if (title === undefined && text === undefined)
    throw missing('response.text', 'say where a hit has its text');
  for (const key of ['body', 'keywordBody', 'parameters'] as const) {
    const unknown = unknownPlaceholder(settings[key]);
    if (unknown !== undefined)
      throw new SearchError(
        'bad-option',
        `${where}: ${key}: there is no placeholder ${unknown}; expected {query}, {typed}, {limit}, {vector} or {filters}.`,
      );
  }
  const requests = requestsOf(settings, preset);
  if (
    [requests.keyword, requests.hybrid].some(
      (request) => request?.method === 'GET' && request.body !== undefined,
    )
  )
    throw new SearchError(
      'bad-option',
      `${where}: method is GET, which sends no body; put the query into "parameters", or leave "method" out.`,
    );
  if (!requests.keyword && !requests.hybrid)
    throw missing('body', 'say what is sent to the engine, with "{query}" in it, or name the "engine"');
  if (
    settings.collection === undefined &&
    preset &&
    settings.body === undefined &&
    settings.engine === 'typesense'
  )
    throw missing('collection', 'name the collection to search');
  return { ...requests, response: { ...response, hits }, filters: preset?.filters ?? plainFilters };
}

function requestsOf(
  settings: RemoteSettings,
  preset: Preset | undefined,
): Pick<Mapping, 'keyword' | 'hybrid'> {
  const { collection, headers = {}, parameters = {} } = settings;
  const path = preset && collection !== undefined ? preset.path(collection) : '';
  const url = settings.url.replace(/\/+$/, path === '' ? '$&' : '') + path;
  const template = (body: Json | undefined): RequestTemplate => ({
    ...{ url, headers, parameters, body },
    method: settings.method ?? (body === undefined ? 'GET' : 'POST'),
  });
  const asked = (body: Json | undefined): boolean =>
    [body, parameters].some((part) => has(part, 'query') || has(part, 'typed') || has(part, 'vector'));
  // A site's own body takes the place of the preset's; one with a vector may have another beside it for words alone.
  const own = settings.body;
  const byVector = own === undefined ? preset?.vectorBody(settings) : own;
  const withVector = has(byVector, 'vector') || has(parameters, 'vector');
  const byWords =
    settings.keywordBody ??
    (own === undefined ? preset?.keywordBody?.(settings) : withVector ? undefined : own);
  const keyword = withVector && byWords === undefined ? undefined : template(byWords);
  return {
    ...(keyword && asked(byWords) && !has(parameters, 'vector') && { keyword }),
    ...(withVector && { hybrid: template(byVector) }),
  };
}

/** Where no engine is named, filters are sent as a page's code writes them, for a server of the site's own to read. */
function plainFilters(rules: ReadonlyMap<string, FilterRule>): Json {
  return Object.fromEntries(
    [...rules].map(([key, { any, all, none }]) => [
      key,
      { ...(any && { any: [...any] }), ...(all && { all: [...all] }), ...(none && { none: [...none] }) },
    ]),
  );
}
