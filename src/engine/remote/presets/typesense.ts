import { SearchError } from '../../errors.js';
import type { FilterRule } from '../../filters.js';
import type { Json, RemoteSettings } from '../settings.js';
import { documentAt, type Preset, searchedFields } from './preset.js';

/**
 * Typesense's `POST /multi_search` with one search in it, as of Typesense 30 (0.25 and later have hybrid search). The
 * plain search takes GET alone, and an address is too short for a vector.
 */
export const typesense: Preset = {
  path: () => '/multi_search',
  // Words are dropped until there are enough hits: what is left over is for the second look to judge.
  keywordBody: (settings) => request(settings, { drop_tokens_threshold: '{limit}' }),
  // With a vector there are hits enough, and the documentation advises against dropping words.
  vectorBody: (settings) =>
    settings.vector === undefined
      ? undefined
      : request(settings, {
          drop_tokens_threshold: 0,
          vector_query: `${settings.vector}:([{vector}], k: {limit}, alpha: 0.5)`,
        }),
  response: (settings) => ({
    hits: 'results.0.hits',
    ...documentAt('document.', settings),
    score: ['hybrid_search_info.rank_fusion_score', 'text_match', 'vector_distance'],
    error: ['results.0.error', 'message'],
  }),
  filters: (rules) => [...rules].map(([key, rule]) => clausesOf(key, rule)).join(' && '),
};

function request(settings: RemoteSettings, more: Record<string, Json>): Json {
  const { collection, vector } = settings;
  return {
    searches: [
      {
        ...(collection !== undefined && { collection }),
        q: '{typed}',
        query_by: searchedFields(settings).join(','),
        per_page: '{limit}',
        filter_by: '{filters}',
        ...(vector !== undefined && { exclude_fields: vector }),
        ...more,
      },
    ],
  };
}

/** `&&` and `||` bind alike in Typesense, so that only `&&` is used. `:=` and `:!=` compare whole values. */
function clausesOf(key: string, { any, all, none }: FilterRule): string {
  if (!/^[\w.-]+$/.test(key))
    throw new SearchError(
      'bad-option',
      `The filter "${key}" cannot be asked of Typesense; expected a field's name of letters, digits, "_", "-" and ".".`,
    );
  return [
    ...(any?.length ? [`${key}:=${list(any)}`] : []),
    ...(all ?? []).map((value) => `${key}:=${list([value])}`),
    ...(none?.length ? [`${key}:!=${list(none)}`] : []),
  ].join(' && ');
}

/**
 * Values stand in backticks, which have no escape (and neither has a backslash before the closing one). Both are marks
 * that Typesense leaves out when it indexes, unless a field says otherwise, so that a value without them finds the same.
 * A tick right after another would not close it, so that an empty value has a space.
 */
function list(values: readonly string[]): string {
  return `[${values.map((value) => `\`${value.replace(/[`\\]/g, '') || ' '}\``).join(',')}]`;
}
