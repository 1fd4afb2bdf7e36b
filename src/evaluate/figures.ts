import { bootstrap } from './bootstrap.js';
import type { Query } from './collection.js';
import type { Comparison, DepthFigures, Evaluation, QueryFigures, StageFigures } from './evaluation.js';
import { mean, meanMeasures, measure, type Measures, percentile } from './measures.js';
import type { QueryRankings, StageName, StageRanking } from './rank-stages.js';

/** One query that has labels, and what the stages made of it. */
export interface Judged {
  query: Query;
  /** Grade of each relevant document. */
  relevant: ReadonlyMap<string, number>;
  rankings: QueryRankings;
  measures: Partial<Record<StageName, Measures>>;
}

/** What the judged queries say of the stages, all together and one by one. */
export function figuresOf(
  judged: readonly Judged[],
  stages: readonly StageName[],
): Pick<Evaluation, 'stages' | 'comparisons' | 'depths' | 'perQuery'> {
  return {
    stages: Object.fromEntries(stages.map((stage) => [stage, stageFigures(judged, stage)])),
    comparisons: comparedPairs(stages).map(([from, to]) => compare(judged, from, to)),
    depths: stages.includes('reranked') ? depthsOf(judged) : [],
    perQuery: judged.map(queryFigures),
  };
}

/** Each stage with those that it builds on; without the two retrievers fused, they are compared with each other. */
export function comparedPairs(stages: readonly StageName[]): [from: StageName, to: StageName][] {
  const pairs: [StageName, StageName][] = stages.includes('hybrid')
    ? [
        ['keyword', 'hybrid'],
        ['vector', 'hybrid'],
        ['hybrid', 'reranked'],
      ]
    : [
        ['keyword', 'vector'],
        ['keyword', 'reranked'],
      ];
  return pairs.filter((pair) => pair.every((stage) => stages.includes(stage)));
}

function stageFigures(judged: readonly Judged[], stage: StageName): StageFigures {
  const measures = judged.map((one) => one.measures[stage]!);
  return {
    ...meanMeasures(measures),
    ms: latency(judged.flatMap(({ rankings }) => rankings.stages[stage] ?? [])),
    interval: bootstrap(measures.map((one) => one['ndcg@10'])),
  };
}

function latency(rankings: readonly StageRanking[]): StageFigures['ms'] {
  const all = rankings.map(({ ms }) => ms);
  return { p50: percentile(all, 0.5), p95: percentile(all, 0.95) };
}

function compare(judged: readonly Judged[], from: StageName, to: StageName): Comparison {
  const differences = judged.map(({ measures }) => measures[to]!['ndcg@10'] - measures[from]!['ndcg@10']);
  return {
    from,
    to,
    difference: bootstrap(differences),
    gained: differences.filter((difference) => difference > 0).length,
    lost: differences.filter((difference) => difference < 0).length,
    same: differences.filter((difference) => difference === 0).length,
  };
}

/** What reading the first n candidates is worth, for every n at which a batch ended. */
function depthsOf(judged: readonly Judged[]): DepthFigures[] {
  const reads = new Set(judged.flatMap(({ rankings }) => rankings.depths.map(({ read }) => read)));
  return [0, ...[...reads].sort((left, right) => left - right)].map((read) => {
    // Where a query had fewer candidates, it was done by then.
    const at = judged.map(
      ({ rankings: { depths, stages }, relevant }) =>
        [
          depths.findLast((depth) => depth.read <= read) ?? stages.hybrid ?? stages.keyword!,
          relevant,
        ] as const,
    );
    return {
      read,
      'ndcg@10': mean(at.map(([{ documents }, relevant]) => measure(documents, relevant)['ndcg@10'])),
      ms: latency(at.map(([ranking]) => ranking)),
    };
  });
}

function queryFigures({ query, relevant, rankings, measures }: Judged): QueryFigures {
  const stages: QueryFigures['stages'] = {};
  for (const [stage, { 'ndcg@10': ndcg }] of Object.entries(measures) as [StageName, Measures][]) {
    const first = rankings.stages[stage]?.documents.findIndex((document) => relevant.has(document)) ?? -1;
    stages[stage] = { 'ndcg@10': ndcg, ...(first >= 0 && { first: first + 1 }) };
  }
  return { id: query.id, text: query.text, relevant: [...relevant.keys()], stages };
}
