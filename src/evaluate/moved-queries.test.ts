import { expect, test } from 'vitest';
import type { QueryFigures } from './evaluation.js';
import { changeOf, movedQueries } from './moved-queries.js';

const moved = (id: string, before: number, after: number): QueryFigures => ({
  id,
  text: id,
  relevant: ['a'],
  stages: { hybrid: { 'ndcg@10': before }, reranked: { 'ndcg@10': after } },
});
const PAIR = { from: 'hybrid', to: 'reranked' } as const;
const idsOf = (queries: readonly QueryFigures[]): string[] => queries.map(({ id }) => id);

test('the largest gains and losses come first, and what stayed is in neither', () => {
  const queries = [
    moved('up a little', 0.5, 0.6),
    moved('stayed', 0.3, 0.3),
    moved('down a lot', 1, 0),
    moved('up a lot', 0, 1),
    moved('down a little', 0.6, 0.5),
    moved('up', 0, 0.5),
  ];
  const { gained, lost } = movedQueries(queries, PAIR, 5);
  expect(idsOf(gained)).toEqual(['up a lot', 'up', 'up a little']);
  expect(idsOf(lost)).toEqual(['down a lot', 'down a little']);
  expect(idsOf(movedQueries(queries, PAIR, 1).gained)).toEqual(['up a lot']);
  expect(idsOf(movedQueries(queries, PAIR, 1).lost)).toEqual(['down a lot']);
  expect(queries[0]?.id).toBe('up a little');
});

test('a stage that found nothing counts as 0', () => {
  const query = { ...moved('new', 0, 0.5), stages: { reranked: { 'ndcg@10': 0.5 } } };
  expect(changeOf(query, PAIR)).toBe(0.5);
});
