import { expect, it } from 'vitest';
import { comparedPairs } from './figures.js';
import { STAGES, type StageName } from './rank-stages.js';

it.each<[readonly StageName[], string[]]>([
  [STAGES, ['keyword → hybrid', 'vector → hybrid', 'hybrid → reranked']],
  [
    ['keyword', 'hybrid', 'reranked'],
    ['keyword → hybrid', 'hybrid → reranked'],
  ],
  [['vector', 'hybrid'], ['vector → hybrid']],
  [['keyword', 'vector'], ['keyword → vector']],
  [
    ['keyword', 'vector', 'reranked'],
    ['keyword → vector', 'keyword → reranked'],
  ],
  [['keyword', 'reranked'], ['keyword → reranked']],
  [['keyword'], []],
])('of %j, each stage is compared with those that it builds on', (stages, pairs) => {
  expect(comparedPairs(stages).map(([from, to]) => `${from} → ${to}`)).toEqual(pairs);
});
