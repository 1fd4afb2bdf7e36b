import { SearchError } from '../errors.js';
import { filterRules } from '../filters.js';
import type { Query } from '../query.js';
import { fill, fillParameters, has, type Values } from './fill-template.js';
import type { Mapping, RequestTemplate } from './mapping.js';
import type { CompleteSettings, Json, RemoteSettings } from './settings.js';

/** A request as `fetch` takes it. */
export interface EngineRequest {
  url: string;
  init: { method: string; headers: Record<string, string>; body?: string };
}

/**
 * Fills a request for a query.
 * @param vector the query's, for a request that has one
 * @throws SearchError `bad-option` where filters are asked for and the request has no place for them
 */
export function buildRequest(
  template: RequestTemplate,
  { text, typed, filters }: Query,
  mapping: Pick<Mapping, 'filters'>,
  settings: Pick<CompleteSettings, 'filters' | 'limit'>,
  vector?: Float32Array,
): EngineRequest {
  const rules = filterRules(filters);
  if (rules.size > 0 && !has(template.body, 'filters') && !has(template.parameters, 'filters'))
    throw new SearchError(
      'bad-option',
      'The search asks for filters, and the request to the search engine has no "{filters}" in its body or parameters.',
    );
  const named = new Map([...rules].map(([key, rule]) => [fieldOf(key, settings.filters), rule]));
  const values: Values = {
    query: text,
    typed,
    limit: settings.limit,
    vector: vector && numbersOf(vector),
    filters: named.size > 0 ? mapping.filters(named) : undefined,
  };
  return { url: addressOf(template, values), init: initOf(template, values) };
}

function fieldOf(key: string, fields: RemoteSettings['filters']): string {
  return fields && Object.hasOwn(fields, key) ? fields[key]! : key;
}

/** Six decimals say more than an int8 index keeps, in half the bytes. */
function numbersOf(vector: Float32Array): number[] {
  return Array.from(vector, (value) => Math.round(value * 1e6) / 1e6);
}

function addressOf(template: RequestTemplate, values: Values): string {
  const url = new URL(template.url);
  for (const [name, value] of fillParameters(template.parameters, values))
    url.searchParams.append(name, value);
  return url.href;
}

function initOf({ method, headers, body }: RequestTemplate, values: Values): EngineRequest['init'] {
  if (body === undefined || method === 'GET') return { method, headers: { ...headers } };
  const typed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return {
    method,
    headers: { ...(!typed && { 'content-type': 'application/json' }), ...headers },
    body: JSON.stringify(fill(body, values) ?? ({} satisfies Json)),
  };
}
