import type { FilterRule } from '../../filters.js';
import type { Json, RemoteSettings } from '../settings.js';
import { documentAt, type Preset, searchedFields } from './preset.js';

/**
 * OpenSearch's search API, `POST /INDEX/_search`, as of OpenSearch 3 (2.10 and later have all that is used here).
 * Words are looked for with `multi_match`, twice: the last word may be unfinished. With vectors it is a `hybrid` query,
 * whose two lists a pipeline in the request itself normalises and averages, so that none has to be set up.
 *
 * Elasticsearch answers the same to the words; its vectors are asked for another way, with `body`.
 */
export const opensearch: Preset = {
  path: (collection) => `/${collection}/_search`,
  keywordBody: (settings) => ({ ...common(settings), query: byWords(settings) }),
  vectorBody: (settings) => {
    const { vector } = settings;
    if (vector === undefined) return undefined;
    const filter = { bool: { filter: '{filters}' } };
    return {
      ...common(settings),
      query: {
        hybrid: {
          queries: [byWords(settings), { knn: { [vector]: { vector: '{vector}', k: '{limit}', filter } } }],
        },
      },
      search_pipeline: {
        phase_results_processors: [
          {
            'normalization-processor': {
              normalization: { technique: 'min_max' },
              combination: { technique: 'arithmetic_mean' },
            },
          },
        ],
      },
    };
  },
  response: (settings) => ({
    hits: 'hits.hits',
    ...documentAt('_source.', settings),
    score: '_score',
    error: ['error.reason', 'error.root_cause.0.reason', 'error'],
  }),
  filters: (rules) => [...rules].flatMap(([key, rule]) => clausesOf(key, rule)),
};

function common({ vector }: RemoteSettings): Record<string, Json> {
  return { size: '{limit}', ...(vector !== undefined && { _source: { excludes: [vector] } }) };
}

function byWords(settings: RemoteSettings): Json {
  // Titles count more, as they do in our own index, where the site does not name its fields and their weights.
  const fields =
    settings.search ?? searchedFields(settings).map((field) => (field === 'title' ? 'title^3' : field));
  const match = (type: string): Json => ({ multi_match: { query: '{query}', type, fields } });
  return {
    bool: {
      should: [match('best_fields'), match('bool_prefix')],
      minimum_should_match: 1,
      filter: '{filters}',
    },
  };
}

function clausesOf(key: string, { any, all, none }: FilterRule): Json[] {
  const terms = (values: readonly string[]): Json => ({ terms: { [key]: [...values] } });
  return [
    ...(any?.length ? [terms(any)] : []),
    ...(all ?? []).map((value): Json => ({ term: { [key]: value } })),
    ...(none?.length ? [{ bool: { must_not: [terms(none)] } }] : []),
  ];
}
