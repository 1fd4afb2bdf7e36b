import pc from 'picocolors';
import type { Interval } from '../evaluate/bootstrap.js';
import type { Comparison, Evaluation, QueryFigures } from '../evaluate/evaluation.js';
import { count, countOf, place, share, signedShare, verdictOf } from '../evaluate/format.js';
import { movedQueries } from '../evaluate/moved-queries.js';
import { STAGES } from '../evaluate/rank-stages.js';
import { printable } from './printable.js';

const MOST_MOVED = 5;

/** What was evaluated and found, as lines for people. */
export function describeEvaluation(evaluation: Evaluation): string {
  const { collection, queries, documents, passages, group, unknownLabels } = evaluation;
  return [
    `${pc.bold(printable(collection))}: ${countOf(queries, 'query', 'queries')}, ` +
      `${group ? countOf(documents, group, `${group}s`) : countOf(documents, 'document', 'documents')}, ` +
      countOf(passages, 'passage', 'passages'),
    pc.dim(`  ${evaluation.machine}; one thread of WebAssembly`),
    '',
    ...table(evaluation),
    ...evaluation.missing.map(({ stage, reason }) => pc.yellow(`  no ${stage}: ${printable(reason)}`)),
    '',
    ...evaluation.comparisons.map(describeComparison),
    ...moved(evaluation),
    ...(unknownLabels > 0
      ? [pc.yellow(`Documents named by labels that the collection does not have: ${count(unknownLabels)}.`)]
      : []),
    '',
  ].join('\n');
}

function table({ stages, candidates }: Evaluation): string[] {
  const rows = STAGES.flatMap((stage) => {
    const figures = stages[stage];
    if (!figures) return [];
    const { interval, ms } = figures;
    return [
      [
        stage === 'reranked' ? `reranked (${candidates})` : stage,
        share(figures['ndcg@10']),
        `${share(interval.low)}–${share(interval.high)}`,
        ...(['mrr@10', 'recall@10', 'recall@100'] as const).map((measure) => share(figures[measure])),
        ...[ms.p50, ms.p95].map((time) => time.toFixed(time < 10 ? 1 : 0)),
      ],
    ];
  });
  const heads = ['', 'nDCG@10', '95 %', 'MRR@10', 'R@10', 'R@100', 'ms p50', 'ms p95'];
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ');
  return [pc.dim(`  ${line(heads)}`), ...rows.map((row) => `  ${line(row)}`)];
}

/** One stage against another in a sentence, and whether the queries are enough to tell. */
function describeComparison(comparison: Comparison): string {
  const { from, to, difference, gained, lost } = comparison;
  const verdict = {
    pays: pc.green('it pays'),
    costs: pc.red('it costs'),
    open: pc.yellow('these queries cannot tell'),
  }[verdictOf(comparison)];
  return (
    `  ${to} over ${from}: ${signedShare(difference.mean)} nDCG@10 (95 %: ${signedInterval(difference)}); ` +
    `${countOf(gained, 'query', 'queries')} gained, ${lost} lost: ${verdict}`
  );
}

function moved(evaluation: Evaluation): string[] {
  const last = evaluation.comparisons.at(-1);
  if (!last) return [];
  const { gained, lost } = movedQueries(evaluation.perQuery, last, MOST_MOVED);
  const line = ({ text, stages }: QueryFigures): string =>
    `    ${place(stages[last.from]?.first).padStart(3)} → ${place(stages[last.to]?.first).padStart(3)}  ${printable(text)}`;
  return [
    ...(gained.length > 0 ? ['', `  Gained most by ${last.to} (rank of the first right answer):`] : []),
    ...gained.map(line),
    ...(lost.length > 0 ? ['', '  Lost most:'] : []),
    ...lost.map(line),
  ];
}

function signedInterval({ low, high }: Interval): string {
  return `${signedShare(low)} to ${signedShare(high)}`;
}
