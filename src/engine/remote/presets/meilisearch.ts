import type { FilterRule } from '../../filters.js';
import type { Json, RemoteSettings } from '../settings.js';
import { documentAt, type Preset, searchedFields } from './preset.js';

/**
 * Meilisearch's `POST /indexes/UID/search`, as of Meilisearch 1.13 and later, where hybrid search is stable. `vector` is
 * the name of an embedder of the index, one whose source is `userProvided`. DocSearch's records are those of
 * docs-scraper, whose levels are fields such as `hierarchy_lvl1`.
 */
export const meilisearch: Preset = {
  path: (collection) => `/indexes/${collection}/search`,
  keywordBody: (settings) => request(settings, {}),
  vectorBody: (settings) =>
    settings.vector === undefined
      ? undefined
      : request(settings, { hybrid: { embedder: settings.vector, semanticRatio: 0.5 }, vector: '{vector}' }),
  response: (settings) => ({
    hits: 'hits',
    ...documentAt('', settings, '_'),
    score: '_rankingScore',
    error: 'message',
  }),
  filters: (rules) => [...rules].map(([key, rule]) => clausesOf(key, rule)).join(' AND '),
};

function request(settings: RemoteSettings, more: Record<string, Json>): Json {
  return {
    q: '{typed}',
    limit: '{limit}',
    // The index has its searchable attributes in the order that counts; they are named only where the site does.
    ...(settings.search && { attributesToSearchOn: searchedFields(settings) }),
    showRankingScore: true,
    filter: '{filters}',
    ...more,
  };
}

function clausesOf(key: string, { any, all, none }: FilterRule): string {
  return [
    ...(any?.length ? [`${quoted(key)} IN ${list(any)}`] : []),
    ...(all ?? []).map((value) => `${quoted(key)} = ${quoted(value)}`),
    ...(none?.length ? [`${quoted(key)} NOT IN ${list(none)}`] : []),
  ].join(' AND ');
}

function list(values: readonly string[]): string {
  return `[${values.map(quoted).join(', ')}]`;
}

/** Inside double quotes a backslash escapes a quote and itself. */
function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}
