import type { FilterRule } from '../../filters.js';
import type { Json } from '../settings.js';
import { documentAt, type Preset } from './preset.js';

/**
 * Qdrant's `POST /collections/NAME/points/query`, as of Qdrant 1.17 (1.10 and later have it). It searches by vectors
 * alone; `vector` is the name of the vector where a collection has several.
 */
export const qdrant: Preset = {
  path: (collection) => `/collections/${collection}/points/query`,
  vectorBody: ({ vector }) => ({
    query: '{vector}',
    ...(vector !== undefined && { using: vector }),
    limit: '{limit}',
    with_payload: true,
    filter: '{filters}',
  }),
  response: (settings) => ({
    hits: 'result.points',
    ...documentAt('payload.', settings),
    score: 'score',
    error: 'status.error',
  }),
  filters: (rules) => {
    const must = [...rules].flatMap(([key, rule]) => required(key, rule));
    const none = [...rules].flatMap(([key, rule]) =>
      rule.none?.length ? [match(key, { any: [...rule.none] })] : [],
    );
    return { ...(must.length > 0 && { must }), ...(none.length > 0 && { must_not: none }) };
  },
};

function required(key: string, { any, all }: FilterRule): Json[] {
  return [
    ...(any?.length ? [match(key, { any: [...any] })] : []),
    ...(all ?? []).map((value) => match(key, { value })),
  ];
}

function match(key: string, condition: Json): Json {
  return { key, match: condition };
}
