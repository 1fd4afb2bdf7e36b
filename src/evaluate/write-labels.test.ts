import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readQrels, readQueries } from './beir.js';
import { labelFiles, writeLabels } from './write-labels.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-look-labels-'));
});
afterEach(() => rm(folder, { recursive: true }));

const id = fc
  .string({ minLength: 1, unit: 'grapheme' })
  .filter((text) => /^\S(.*\S)?$/.test(text) && !text.includes('\t'));

test('what is written reads back, whatever the texts and ids', async () => {
  const files = labelFiles(folder);
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.record({ id, text: fc.string() }), { selector: (query) => query.id, minLength: 1 }),
      fc.uniqueArray(id, { minLength: 1 }),
      fc.integer({ min: 1, max: 3 }),
      async (queries, documents, grade) => {
        const grades = new Map(documents.map((document) => [document, grade]));
        const labels = new Map(queries.map((query) => [query.id, grades]));
        await writeLabels(files, { queries, labels });
        expect(await readQueries(files.queries)).toEqual(queries);
        expect(await readQrels(files.qrels)).toEqual(labels);
      },
    ),
    { numRuns: 50 },
  );
});

test('the files are BEIR’s, and nothing else is left in the folder', async () => {
  const files = labelFiles(join(folder, 'new/labels'));
  await writeLabels(files, {
    queries: [{ id: 'q1', text: 'undo a "publish"' }],
    labels: new Map([['q1', new Map([['unpublish.html#description', 1]])]]),
  });
  expect(await readFile(files.queries, 'utf8')).toBe('{"_id":"q1","text":"undo a \\"publish\\""}\n');
  expect(await readFile(files.qrels, 'utf8')).toBe(
    'query-id\tcorpus-id\tscore\nq1\tunpublish.html#description\t1\n',
  );
  expect((await readdir(join(folder, 'new/labels'), { recursive: true })).sort()).toEqual([
    'qrels',
    'qrels/test.tsv',
    'queries.jsonl',
  ]);
});

test('an id that would not read back is refused before anything is written', async () => {
  const labels = new Map([['q1', new Map([['page.html#a\tb', 1]])]]);
  const queries = [{ id: 'q1', text: 'words' }];
  await expect(writeLabels(labelFiles(folder), { queries, labels })).rejects.toThrow(
    /"page\.html#a\\tb" cannot be written to qrels: expected an id without tabs/,
  );
  expect(await readdir(folder)).toEqual([]);
});

test('a folder that cannot be written is named', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  await expect(writeLabels(labelFiles(file), { queries: [], labels: new Map() })).rejects.toThrow(
    /file\/queries\.jsonl could not be written: /,
  );
});
