import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { QueryRankings, StageName } from './rank-stages.js';
import { RunFile } from './run-file.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-look-run-'));
});
afterEach(() => rm(folder, { recursive: true }));

const rankings = (documents: Partial<Record<StageName, string[]>>): QueryRankings => ({
  stages: Object.fromEntries(
    Object.entries(documents).map(([stage, list]) => [stage, { documents: list, ms: 1 }]),
  ),
  depths: [],
});

async function linesOf(run: RunFile): Promise<string[]> {
  const path = join(folder, 'run.txt');
  await run.write(path);
  const text = await readFile(path, 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  return text.trimEnd().split('\n');
}

test('a line is query, Q0, document, rank, score and stage', async () => {
  const run = new RunFile();
  run.add({ id: 'q1', text: 'words' }, rankings({ keyword: ['a', 'b#c'], reranked: ['b#c'] }));
  run.add({ id: 'q2', text: 'words' }, rankings({ keyword: [], reranked: ['a'] }));
  expect(await linesOf(run)).toEqual([
    'q1 Q0 a 1 1.000000 keyword',
    'q1 Q0 b#c 2 0.500000 keyword',
    'q1 Q0 b#c 1 1.000000 reranked',
    'q2 Q0 a 1 1.000000 reranked',
  ]);
});

test('only the stages that were asked for are kept', async () => {
  const run = new RunFile(['hybrid']);
  run.add({ id: 'q1', text: 'words' }, rankings({ keyword: ['a'], vector: ['b'], hybrid: ['c'] }));
  expect(await linesOf(run)).toEqual(['q1 Q0 c 1 1.000000 hybrid']);
});

test('100 documents of a ranking are kept, and their scores tell each from the next', async () => {
  const run = new RunFile();
  const documents = Array.from({ length: 150 }, (_, at) => `d${at}`);
  run.add({ id: 'q1', text: 'words' }, rankings({ keyword: documents }));
  const lines = (await linesOf(run)).map((line) => line.split(' '));
  expect(lines.map(([, , document]) => document)).toEqual(documents.slice(0, 100));
  const scores = lines.map(([, , , , score]) => Number(score));
  expect(new Set(scores).size).toBe(100);
  expect(scores).toEqual([...scores].sort((left, right) => right - left));
});

test('an id with spaces stays one column', async () => {
  const run = new RunFile();
  run.add({ id: 'my query', text: 'words' }, rankings({ keyword: ['a page.html#b\tc\nd'] }));
  expect(await linesOf(run)).toEqual(['my%20query Q0 a%20page.html#b%09c%0Ad 1 1.000000 keyword']);
});
