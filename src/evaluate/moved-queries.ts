import type { Comparison, QueryFigures } from './evaluation.js';

/** Queries whose nDCG@10 one stage raised and lowered most, largest change first, at most `most` each. */
export function movedQueries(
  queries: readonly QueryFigures[],
  { from, to }: Pick<Comparison, 'from' | 'to'>,
  most: number,
): { gained: QueryFigures[]; lost: QueryFigures[] } {
  const change = (query: QueryFigures): number => changeOf(query, { from, to });
  const inOrder = [...queries].sort((left, right) => change(right) - change(left));
  return {
    gained: inOrder.filter((query) => change(query) > 0).slice(0, most),
    lost: inOrder
      .filter((query) => change(query) < 0)
      .reverse()
      .slice(0, most),
  };
}

/** How much a query's nDCG@10 changed from one stage to another. */
export function changeOf({ stages }: QueryFigures, { from, to }: Pick<Comparison, 'from' | 'to'>): number {
  return (stages[to]?.['ndcg@10'] ?? 0) - (stages[from]?.['ndcg@10'] ?? 0);
}
