import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readQrels, readQueries } from '../src/evaluate/beir.js';
import { bootstrap } from '../src/evaluate/bootstrap.js';
import type { Evaluation } from '../src/evaluate/evaluation.js';
import { share, signedShare } from '../src/evaluate/format.js';
import { mean } from '../src/evaluate/measures.js';
import { type StageName, STAGES } from '../src/evaluate/rank-stages.js';
import { withTemporaryFolder } from '../src/evaluate/temporary-folder.js';
import { labelFiles, writeLabels } from '../src/evaluate/write-labels.js';

/** The demo's index, and where npm's documentation lies in the demo. */
const INDEX = 'dist/demo/second-look';
const DOCS = 'docs/';
const FLOOR = 'bench/quality-floor.tsv';
const DIGITS = 4;
/** Each holds the models in memory. */
const MOST_PROCESSES = 8;

/** nDCG@10 of a query in each stage. */
type Scores = Map<string, Record<StageName, number>>;

/**
 * Answers tldr-npm's queries with the demo's index and holds each stage's nDCG@10 against what was recorded: a stage
 * has fallen when even the upper end of the paired bootstrap interval of its change lies below zero.
 * @returns a line a stage
 * @throws when a stage has fallen
 */
export async function qualityGate(): Promise<string> {
  const floor = readFloor(await readFile(FLOOR, 'utf8'));
  const now = await evaluateDemo();
  const changes = STAGES.map((stage) => {
    const differences = [...floor].map(
      ([query, scores]) => rounded(now.get(query)?.[stage] ?? 0) - scores[stage],
    );
    return { stage, now: mean([...now.values()].map((scores) => scores[stage])), ...bootstrap(differences) };
  });
  const lines = changes.map(
    ({ stage, now, mean, low, high }) =>
      `${stage}: nDCG@10 ${share(now)}, ${signedShare(mean)} against the floor (95 %: ${signedShare(low)} to ${signedShare(high)})`,
  );
  const fallen = changes.filter(({ high }) => high < 0).map(({ stage }) => stage);
  if (fallen.length > 0)
    throw new Error(
      `Quality has fallen in ${fallen.join(', ')}.\n${lines.join('\n')}\n` +
        'If that is meant, record a new floor with "npm run gate -- --record" and say why in the commit.',
    );
  return lines.join('\n');
}

/** Records what the stages reach now as the floor. */
export async function recordFloor(): Promise<string> {
  const scores = await evaluateDemo();
  const lines = [...scores].map(([query, stages]) =>
    [query, ...STAGES.map((stage) => stages[stage].toFixed(DIGITS))].join('\t'),
  );
  await writeFile(FLOOR, `${[['query', ...STAGES].join('\t'), ...lines].join('\n')}\n`);
  return `Recorded ${scores.size} queries in ${FLOOR}.`;
}

/** As the floor has it: digits that it leaves out must not look like a change. */
function rounded(score: number): number {
  return Number(score.toFixed(DIGITS));
}

function readFloor(tsv: string): Scores {
  const rows = tsv.trim().split('\n').slice(1);
  return new Map(
    rows.map((row) => {
      const [query = '', ...values] = row.split('\t');
      const scores = STAGES.map((stage, at) => [stage, Number(values[at])] as const);
      return [query, Object.fromEntries(scores) as Record<StageName, number>];
    }),
  );
}

/** Evaluates with the built command line, the queries dealt out to as many processes as there are cores. */
async function evaluateDemo(): Promise<Scores> {
  const queries = await readQueries('bench/tldr-npm/queries.jsonl');
  const labels = await readQrels('bench/tldr-npm/qrels/test.tsv');
  const inDemo = new Map(
    [...labels].map(([query, grades]) => [
      query,
      new Map([...grades].map(([page, grade]) => [DOCS + page, grade])),
    ]),
  );
  return withTemporaryFolder(async (folder) => {
    const processes = Math.min(availableParallelism(), MOST_PROCESSES);
    const parts = await Promise.all(
      Array.from({ length: processes }, async (_, part) => {
        const files = labelFiles(join(folder, String(part)));
        const dealt = queries.filter((_, at) => at % processes === part);
        await writeLabels(files, { queries: dealt, labels: inDemo });
        return evaluateWithCli(files.queries, files.qrels);
      }),
    );
    const scores = new Map(parts.flatMap(({ perQuery }) => perQuery.map(({ id, stages }) => [id, stages])));
    return new Map(
      queries.map(({ id }) => [
        id,
        Object.fromEntries(
          STAGES.map((stage) => [stage, scores.get(id)?.[stage]?.['ndcg@10'] ?? 0]),
        ) as Record<StageName, number>,
      ]),
    );
  });
}

async function evaluateWithCli(queries: string, qrels: string): Promise<Evaluation> {
  const args = ['eval', INDEX, '--queries', queries, '--qrels', qrels, '--group', 'page', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, ['dist/node/cli.js', ...args], {
    maxBuffer: 64e6,
  });
  return JSON.parse(stdout) as Evaluation;
}
