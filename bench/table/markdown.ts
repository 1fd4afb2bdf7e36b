import type { BenchRecord, Table } from '../bench.js';
import { type Beaten, beatenIn, byBest, written } from './beaten.js';

const INTRO = `# Benchmarks

Written by \`npm run bench -- table\` from the records in \`bench/results\`; do not edit. Each benchmark measures all of
its systems in one run, on one machine, on the same data, and says so in its record:

\`\`\`sh
npm run setup && npm run build
npm run bench -- NAME --json bench/results/NAME.json
npm run bench -- table
\`\`\`

The best figure of a column is **bold**. [What peers do better](#what-peers-do-better) is found in the same figures.`;

/** All records as one page. */
export function benchmarksPage(records: readonly BenchRecord[]): string {
  const beaten = records.flatMap(({ tables }) => tables.flatMap(beatenIn));
  return [INTRO, ...records.map(recordSection), '## What peers do better', beatenList(beaten)].join('\n\n');
}

function recordSection({ bench, line, date, machine, versions, skipped, tables }: BenchRecord): string {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `## ${bench}`,
    escaped(line),
    [date.slice(0, 10), machine, packages.join(', ')]
      .filter((part) => part !== '')
      .map((part) => `${escaped(part)}.`)
      .join(' '),
    ...skipped.map((reason) => `Not run: ${escaped(reason)}`),
    ...tables.map(tableSection),
  ].join('\n\n');
}

function tableSection({ title, about, columns, rows }: Table): string {
  const best = columns.map(
    (column) => rows.filter(({ figures }) => figures[column.key] !== undefined).sort(byBest(column))[0],
  );
  const cells = rows.map((row) => [
    escaped(row.system),
    ...columns.map((column, at) => {
      const figure = written(row, column);
      return figure !== '' && byBest(column)(row, best[at]!) === 0 ? `**${figure}**` : figure;
    }),
  ]);
  const lines = [
    ['', ...columns.map(({ label }) => escaped(label))],
    ['---', ...columns.map(() => '---:')],
    ...cells,
  ];
  const notes = rows.flatMap(({ system, note }) => (note ? [`- ${escaped(system)}: ${escaped(note)}`] : []));
  return [
    `### ${title}`,
    escaped(about),
    lines.map((line) => `| ${line.join(' | ')} |`).join('\n'),
    ...(notes.length > 0 ? [notes.join('\n')] : []),
  ].join('\n\n');
}

function beatenList(beaten: readonly Beaten[]): string {
  if (beaten.length === 0) return 'Nothing in these figures.';
  return beaten
    .map(({ table, column, ours, peers }) => {
      const better = peers.map((row) => `${row.system} ${written(row, column)}`).join(', ');
      return `- ${escaped(table)}, ${escaped(column.label)}: ${escaped(better)}; ${escaped(ours.system)} ${written(ours, column)}`;
    })
    .join('\n');
}

/** What Markdown would take for a sign of its own. */
function escaped(text: string): string {
  return text.replace(/[\\`*_|<>[\]]/g, '\\$&');
}
