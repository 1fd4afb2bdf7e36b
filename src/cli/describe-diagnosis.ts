import pc from 'picocolors';
import { countOf } from '../evaluate/format.js';
import type { Diagnosis } from '../doctor/examine.js';
import type { Finding } from '../doctor/finding.js';
import { printable } from './printable.js';

const MARKS: Record<Finding['status'], string> = {
  ok: pc.green('ok     '),
  warning: pc.yellow('warning'),
  failure: pc.red('failure'),
};

/** What was found of a deployed search, as lines for people. */
export function describeDiagnosis({ index, page, findings }: Diagnosis): string {
  const count = (status: Finding['status']): number => findings.filter((one) => one.status === status).length;
  return [
    ...(index === undefined ? [] : [`${pc.bold('Index')} ${printable(index)}`]),
    ...(page === undefined ? [] : [`${pc.bold('Page')}  ${printable(page)}`]),
    ...findings.flatMap(({ check, status, what, advice }) => [
      `  ${MARKS[status]}  ${check.padEnd(12)}  ${printable(what)}`,
      ...(advice === undefined ? [] : [`${' '.repeat(25)}${pc.dim(`→ ${printable(advice)}`)}`]),
    ]),
    ...(index !== undefined && page === undefined
      ? [pc.dim('  Name the page that has the search to have its HTML and its policy looked at too.')]
      : []),
    `${countOf(count('failure'), 'failure', 'failures')}, ${countOf(count('warning'), 'warning', 'warnings')}`,
    '',
  ].join('\n');
}
