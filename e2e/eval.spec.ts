import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Evaluation } from '../src/evaluate/evaluation.js';
import { CLI, type Outcome, runCli } from './run-cli.js';

const DEMO = join(import.meta.dirname, '../dist/demo/second-look');
const TLDR = join(import.meta.dirname, '../bench/tldr-npm');

/** Where the test's collection lies, and the folder for temporary ones. */
let folder: string;
let temporary: string;

const run = (...args: string[]): Promise<Outcome> => runCli({ TMPDIR: temporary }, 'eval', ...args);

/** The figures of a run that has to go well. */
async function figures(...args: string[]): Promise<Evaluation> {
  const { code, out, err } = await run(...args, '--json');
  expect(code, err).toBe(0);
  return JSON.parse(out) as Evaluation;
}

/** By words alone, which takes no model and no time. */
const byWords = (...args: string[]): string[] => ['--beir', folder, '--stages', 'keyword', ...args];

const jsonLines = (lines: readonly object[]): string => lines.map((line) => JSON.stringify(line)).join('\n');
const CORPUS = [
  { _id: 'fruit.html#apple', title: 'Fruit › Apple', text: 'An apple is red or green.' },
  { _id: 'fruit.html#pear', title: 'Fruit › Pear', text: 'A pear has a narrow neck.' },
  { _id: 'tools.html', title: 'Tools', text: 'A hammer drives nails. A red handle is seen.' },
];
const QUERIES = [
  { _id: '1', text: 'narrow neck' },
  { _id: '2', text: 'drive nails with a hammer' },
  { _id: '3', text: 'red' },
];
const QRELS = 'query-id\tcorpus-id\tscore\n1\tfruit.html#pear\t1\n2\ttools.html\t2\n3\tgone.html\t1\n';

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-look-eval-'));
  temporary = join(folder, 'tmp');
  await mkdir(join(folder, 'qrels'));
  await mkdir(temporary);
  await writeFile(join(folder, 'corpus.jsonl'), jsonLines(CORPUS));
  await writeFile(join(folder, 'queries.jsonl'), jsonLines(QUERIES));
  await writeFile(join(folder, 'qrels/test.tsv'), QRELS);
});
test.afterEach(async () => {
  const left = await readdir(temporary);
  await rm(folder, { recursive: true });
  expect(left, 'nothing is left in the folder for temporary files').toEqual([]);
});

test('indexes and measures a collection, and prints the figures alone as JSON', async () => {
  const { code, out, err } = await run(...byWords('--json'));
  expect(code, err).toBe(0);
  expect(err).toContain('Answering queries: 3');
  const evaluation = JSON.parse(out) as Evaluation;
  expect(Object.keys(evaluation).sort()).toEqual(
    [
      ...['candidates', 'collection', 'comparisons', 'depths', 'documents', 'machine', 'missing', 'passages'],
      ...['perQuery', 'queries', 'stages', 'unknownLabels'],
    ].sort(),
  );
  const number: unknown = expect.any(Number);
  expect(evaluation).toMatchObject({
    ...{ queries: 3, documents: 3, passages: 3, missing: [], unknownLabels: 1 },
    ...{ comparisons: [], depths: [] },
    stages: {
      keyword: { 'recall@10': 2 / 3, 'recall@100': 2 / 3, ms: { p50: number, p95: number } },
    },
  });
  expect(Object.keys(evaluation.stages.keyword!).sort()).toEqual(
    ['interval', 'mrr@10', 'ms', 'ndcg@10', 'recall@10', 'recall@100'].sort(),
  );
  expect(evaluation.stages.keyword?.['ndcg@10']).toBeCloseTo(2 / 3);
  expect(Object.keys(evaluation.stages.keyword!.interval).sort()).toEqual(['high', 'low', 'mean']);
  expect(evaluation.perQuery[1]).toEqual({
    ...{ id: '2', text: 'drive nails with a hammer', relevant: ['tools.html'] },
    stages: { keyword: { 'ndcg@10': 1, first: 1 } },
  });
});

test('prints a table for people', async () => {
  const { code, out, err } = await run(...byWords());
  expect(code, err).toBe(0);
  expect(out).toMatch(/: 3 queries, 3 documents, 3 passages\n/);
  expect(out).toMatch(/nDCG@10 .*\n {2}keyword {2,}\.667 /);
  expect(out).toContain('Documents named by labels that the collection does not have: 1.');
});

test('counts by page, and only so many queries', async () => {
  const paged = await figures(...byWords('--group', 'page'));
  expect(paged).toMatchObject({ group: 'page', documents: 2, passages: 3 });
  expect(paged.perQuery[0]?.relevant).toEqual(['fruit.html']);
  const first = await figures(...byWords('--limit', '1'));
  expect(first).toMatchObject({ queries: 1, perQuery: [{ id: '1' }] });
});

test('writes a report, a run, and the index that it measured', async () => {
  const [html, trec, index] = ['report.html', 'run.txt', 'kept'].map((name) => join(folder, name));
  const made = await figures(...byWords('--html', html!, '--run', trec!, '--keep-index', index!));
  expect(await readFile(html!, 'utf8')).toMatch(/^<!doctype html>[^]*keyword[^]*<\/html>\s*$/);
  const lines = (await readFile(trec!, 'utf8')).trimEnd().split('\n');
  expect(lines[0]).toBe('1 Q0 fruit.html#pear 1 1.000000 keyword');
  for (const line of lines) expect(line).toMatch(/^[123] Q0 \S+ \d+ [01]\.\d{6} keyword$/);

  const labelled = ['--queries', join(folder, 'queries.jsonl'), '--qrels', join(folder, 'qrels/test.tsv')];
  const again = await figures(index!, ...labelled, '--stages', 'keyword');
  expect(again.collection).toBe('kept');
  expect(again.perQuery).toEqual(made.perQuery);
});

test('takes other queries and labels for a collection', async () => {
  await writeFile(join(folder, 'mine.jsonl'), jsonLines([{ _id: 'q', text: 'apple' }]));
  await writeFile(join(folder, 'mine.tsv'), 'q\tfruit.html#apple\t1');
  await rm(join(folder, 'qrels'), { recursive: true });
  const mine = ['--queries', join(folder, 'mine.jsonl'), '--qrels', join(folder, 'mine.tsv')];
  expect(await figures(...byWords(...mine))).toMatchObject({ queries: 1, unknownLabels: 0 });
});

test('refuses what it cannot do by name, and prints no figures', async () => {
  const refused = async (args: string[], message: RegExp): Promise<void> => {
    const { code, out, err } = await run(...args);
    expect({ code, out }, args.join(' ')).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err, 'an error that explains itself has no stack').not.toMatch(/\n {4}at /);
  };
  await refused([], /Name either an index folder with --queries and --qrels, or a collection with --beir/);
  await refused([DEMO, ...byWords()], /Name either an index folder/);
  await refused([DEMO], /name their files with --queries and --qrels/);
  await refused(
    byWords('--split', 'dev'),
    /dev\.tsv\. The collection has the split test: name one with --split/,
  );
  await refused(byWords('--limit', '0'), /--limit is 0; expected a whole number from 1/);
  await refused(byWords('--limit', 'many'), /--limit is "many"; expected a number/);
  await refused(byWords('--candidates', '201'), /--candidates is 201; expected a whole number from 1 to 200/);
  await refused(byWords('--group', 'site'), /--group is "site"; expected page/);
  await refused(byWords('--rerank-weight', '2'), /--rerank-weight is 2; expected a number from 0 to 1/);
  await refused(byWords('--passage-tokens', '9'), /passageTokens is 9; expected a number from 48 to 512/);
  for (const stages of ['words', '5'])
    await refused(
      ['--beir', folder, '--stages', stages],
      new RegExp(`--stages has "${stages}"; expected some of keyword,vector,hybrid,reranked`),
    );
  await refused(byWords('--colour'), /Unknown option `--colour`/);
  await refused(['--beir', join(folder, 'nowhere')], /Expected a folder in the BEIR layout/);
  const labelled = ['--queries', join(folder, 'queries.jsonl'), '--qrels', join(folder, 'qrels/test.tsv')];
  await refused([join(folder, 'nowhere'), ...labelled], /There is no search index at .*nowhere/);
  await refused([DEMO, ...labelled, '--stages', 'keyword'], /None of the labels names a document/);

  await mkdir(join(folder, 'mine'));
  await writeFile(join(folder, 'mine/thesis.txt'), 'years of work');
  await refused(byWords('--keep-index', join(folder, 'mine')), /is not a search index, so it will not be/);
  await writeFile(join(folder, 'corpus.jsonl'), '{"_id": "1"\n');
  await refused(byWords(), /corpus\.jsonl, line 1: expected \{"_id": …, "title": …, "text": …\}/);
});

test('prints the figures before it says that a file cannot be written', async () => {
  const nowhere = join(folder, 'nowhere/report.html');
  const { code, out, err } = await run(...byWords('--json', '--html', nowhere));
  expect(code).toBe(2);
  expect((JSON.parse(out) as Evaluation).queries).toBe(3);
  expect(err).toMatch(/--html .*report\.html could not be written: .*ENOENT/);
});

test('leaves no temporary folder when it is interrupted', async () => {
  // Enough to embed that it is still at it when the signal comes.
  const many = Array.from({ length: 2000 }, (_, at) => ({ _id: `d${at}`, text: 'some words '.repeat(50) }));
  await writeFile(join(folder, 'corpus.jsonl'), jsonLines(many));
  const child = spawn(process.execPath, [CLI, 'eval', '--beir', folder], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  await expect.poll(() => readdir(temporary)).toHaveLength(1);
  child.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
});

test("measures all stages on the demo's index, and reports without an axe violation", async ({ page }) => {
  const chosen = [
    'npm-access-1',
    'npm-ci-0',
    'npm-dedupe-0',
    'npm-ping-0',
    'npm-unpublish-0',
    'npm-whoami-0',
  ];
  const pick = async (file: string): Promise<string[]> =>
    (await readFile(join(TLDR, file), 'utf8'))
      .split('\n')
      .filter((line) => chosen.some((id) => line.startsWith(`${id}\t`) || line.includes(`"${id}"`)));
  // The demo has npm's pages below docs/.
  const qrels = (await pick('qrels/test.tsv')).map((line) => line.replace('\t', '\tdocs/'));
  await writeFile(join(folder, 'queries.jsonl'), (await pick('queries.jsonl')).join('\n'));
  await writeFile(join(folder, 'qrels/test.tsv'), qrels.join('\n'));
  const html = join(folder, 'report.html');

  const evaluation = await figures(
    ...[DEMO, '--queries', join(folder, 'queries.jsonl'), '--qrels', join(folder, 'qrels/test.tsv')],
    ...['--group', 'page', '--candidates', '8', '--html', html],
  );
  expect(evaluation).toMatchObject({
    collection: 'demo',
    queries: chosen.length,
    missing: [],
    unknownLabels: 0,
  });
  expect(Object.keys(evaluation.stages)).toEqual(['keyword', 'vector', 'hybrid', 'reranked']);
  expect(evaluation.depths.map(({ read }) => read)).toEqual([0, 4, 8]);
  for (const measured of Object.values(evaluation.stages))
    expect(measured['recall@100']).toBeGreaterThan(0.8);

  const refused: string[] = [];
  page.on('console', (message) => refused.push(message.text()));
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(pathToFileURL(html).href);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('How well search answers: demo');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join()}`),
    ).toEqual([]);
  }
  expect(refused).toEqual([]);
});
