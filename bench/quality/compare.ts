import { bootstrap, type Interval } from '../../src/evaluate/bootstrap.js';
import { type Labels, type Query, withoutQuery } from '../../src/evaluate/collection.js';
import { share, signedShare } from '../../src/evaluate/format.js';
import { mean, measure, type Measures, meanMeasures } from '../../src/evaluate/measures.js';
import type { Column, Row } from '../bench.js';
import type { Rankings } from './rankings.js';

export const COLUMNS: Column[] = (
  [
    ['ndcg@10', 'nDCG@10'],
    ['mrr@10', 'MRR@10'],
    ['recall@10', 'recall@10'],
    ['recall@100', 'recall@100'],
  ] as const
).map(([key, label]) => ({ key, label, better: 'higher', digits: 3 }));

/** A system's measures, by query. */
export interface Judged {
  rankings: Rankings;
  measures: Measures[];
}

export function judge(rankings: Rankings, queries: readonly Query[], labels: Labels): Judged {
  return {
    rankings,
    measures: queries.map(({ id }) => {
      const relevant = labels.get(id)!;
      return measure(withoutQuery(rankings.documents.get(id) ?? [], id, relevant), relevant);
    }),
  };
}

export function rowOf({ rankings: { system, ours, note = '', documents }, measures }: Judged): Row {
  const silent = [...documents.values()].filter((found) => found.length === 0).length;
  const silence = silent === 0 ? '' : `no result for ${silent} of ${documents.size} queries`;
  const notes = [note, silence].filter((part) => part !== '');
  return {
    system,
    ours,
    figures: { ...meanMeasures(measures) },
    ...(notes.length > 0 && { note: notes.join('; ') }),
  };
}

/** second-look's last stage against another system, on the same queries. */
export interface Difference {
  ours: Judged;
  other: Judged;
  interval: Interval;
}

/** The last stage of ours against the best of the others, by nDCG@10. */
export function againstBest(judged: readonly Judged[]): Difference {
  const ours = judged.findLast(({ rankings }) => rankings.ours)!;
  const other = judged
    .filter(({ rankings }) => !rankings.ours)
    .reduce((best, next) => (ndcg(next) > ndcg(best) ? next : best));
  const differences = ours.measures.map((one, at) => one['ndcg@10'] - other.measures[at]!['ndcg@10']);
  return { ours, other, interval: bootstrap(differences) };
}

function ndcg({ measures }: Judged): number {
  return mean(measures.map((one) => one['ndcg@10']));
}

/** `second-look .770, best peer lunr .660: +.110 [+.080, +.140]` */
export function describeDifference({ ours, other, interval }: Difference): string {
  return (
    `${ours.rankings.system} ${share(ndcg(ours))}, ${other.rankings.system} ${share(ndcg(other))}: ` +
    `${signedShare(interval.mean)} [${signedShare(interval.low)}, ${signedShare(interval.high)}]`
  );
}
