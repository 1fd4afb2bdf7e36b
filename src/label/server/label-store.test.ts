import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LabelStore } from './label-store.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-look-labels-'));
});
afterEach(() => rm(folder, { recursive: true }));

const read = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
async function write(files: Record<string, string>): Promise<void> {
  await mkdir(join(folder, 'qrels'), { recursive: true });
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text);
}

test('an empty folder gains files with the first query, and every change is there at once', async () => {
  const store = await LabelStore.open(join(folder, 'labels'));
  expect(store.queries).toEqual([]);
  const first = await store.add({ text: 'undo a publish', relevant: [] });
  expect(first).toEqual({ id: 'q1', text: 'undo a publish', relevant: [] });
  expect(await read('labels/queries.jsonl')).toBe('{"_id":"q1","text":"undo a publish"}\n');
  // A draft is not a judgement.
  expect(await read('labels/qrels/test.tsv')).toBe('query-id\tcorpus-id\tscore\n');

  await store.update('q1', { text: 'undo it', relevant: ['a.html#x', 'a.html'] });
  expect(await read('labels/qrels/test.tsv')).toMatch(/\nq1\ta\.html#x\t1\nq1\ta\.html\t1\n$/);
  await store.add({ text: 'another', relevant: ['b.html'] });
  expect((await LabelStore.open(join(folder, 'labels'))).queries).toEqual([
    { id: 'q1', text: 'undo it', relevant: ['a.html#x', 'a.html'] },
    { id: 'q2', text: 'another', relevant: ['b.html'] },
  ]);
});

test('deleting takes a query and its labels, and the last one leaves a folder that opens again', async () => {
  const store = await LabelStore.open(folder);
  await store.add({ text: 'one', relevant: ['a.html'] });
  expect(await store.remove('q1')).toBe(true);
  expect(await store.remove('q1')).toBe(false);
  expect(await store.update('q1', { text: 'x', relevant: [] })).toBeUndefined();
  expect(await read('qrels/test.tsv')).toBe('query-id\tcorpus-id\tscore\n');
  expect((await LabelStore.open(folder)).queries).toEqual([]);
});

test('files of someone else are extended: ids, grades and what has no query stay', async () => {
  await write({
    'queries.jsonl': '{"_id":"q7","text":"one"}\n{"_id":"mine","text":"two"}\n',
    'qrels/test.tsv': 'query-id\tcorpus-id\tscore\nmine\ta.html\t2\nq9\tgone.html\t1\n',
  });
  const store = await LabelStore.open(folder);
  await store.update('mine', { text: 'two', relevant: ['a.html', 'b.html'] });
  expect(await store.add({ text: 'three', relevant: [] })).toMatchObject({ id: 'q10' });
  expect(await read('qrels/test.tsv')).toBe(
    'query-id\tcorpus-id\tscore\nmine\ta.html\t2\nmine\tb.html\t1\nq9\tgone.html\t1\n',
  );
  expect(await readdir(folder)).toEqual(['qrels', 'queries.jsonl']);
});

test('what would be lost in writing is kept beside, as it was first', async () => {
  const queries = '{"_id":"1","text":"one","metadata":{"by":"me"}}\n';
  const qrels = 'query-id\tcorpus-id\tscore\n1\ta.html\t0\n';
  await write({ 'queries.jsonl': queries, 'qrels/test.tsv': qrels });
  await (await LabelStore.open(folder)).add({ text: 'two', relevant: ['b.html'] });
  await LabelStore.open(folder);
  expect(await read('queries.jsonl.orig')).toBe(queries);
  expect(await read('qrels/test.tsv.orig')).toBe(qrels);
  const later = queries.replace('me', 'you');
  await write({ 'queries.jsonl': later });
  for (let times = 0; times < 2; times++) await LabelStore.open(folder);
  expect(await read('queries.jsonl.orig')).toBe(queries);
  expect(await read('queries.jsonl.orig.2')).toBe(later);
  expect((await readdir(folder)).length).toBe(4);
});

test('a change that waits for a removal of its query changes nothing', async () => {
  const store = await LabelStore.open(folder);
  await store.add({ text: 'one', relevant: ['a.html'] });
  const [removed, updated] = await Promise.all([
    store.remove('q1'),
    store.update('q1', { text: 'two', relevant: ['b.html'] }),
  ]);
  expect([removed, updated]).toEqual([true, undefined]);
  expect(await read('qrels/test.tsv')).toBe('query-id\tcorpus-id\tscore\n');
});

test('a file that is not BEIR’s is named with its line, and left as it is', async () => {
  await write({ 'queries.jsonl': 'my notes\n' });
  await expect(LabelStore.open(folder)).rejects.toThrow(/queries\.jsonl, line 1: expected {"_id"/);
  await write({ 'queries.jsonl': '{"_id":"1","text":"one"}\n', 'qrels/test.tsv': 'h\th\th\n1 a.html 1\n' });
  await expect(LabelStore.open(folder)).rejects.toThrow(/test\.tsv, line 2: expected query-id, corpus-id/);
});

test('changes at the same time are all made', async () => {
  const store = await LabelStore.open(folder);
  const added = await Promise.all(
    ['a', 'b', 'c', 'd'].map((text) => store.add({ text, relevant: [`${text}.html`] })),
  );
  expect(added.map(({ id }) => id)).toEqual(['q1', 'q2', 'q3', 'q4']);
  expect((await LabelStore.open(folder)).queries.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd']);
});

test('a change that cannot be written is not made, and the next one can be', async () => {
  const store = await LabelStore.open(folder);
  await store.add({ text: 'one', relevant: ['a.html'] });
  await rm(join(folder, 'qrels'), { recursive: true });
  await writeFile(join(folder, 'qrels'), 'in the way');
  await expect(store.add({ text: 'two', relevant: [] })).rejects.toThrow(/test\.tsv could not be written/);
  expect(store.queries).toHaveLength(1);
  await rm(join(folder, 'qrels'));
  await store.add({ text: 'two', relevant: [] });
  expect((await LabelStore.open(folder)).queries).toHaveLength(2);
});

const CHANGED = /^Something else has changed .*Nothing was overwritten\. Restart "second-look label"/;

test('of two runs on a folder, the one that has not seen the other’s labels is refused', async () => {
  const [first, second] = [await LabelStore.open(folder), await LabelStore.open(folder)];
  await first.add({ text: 'one', relevant: ['a.html'] });
  await expect(second.add({ text: 'two', relevant: ['b.html'] })).rejects.toThrow(CHANGED);
  expect(second.queries).toEqual([]);
  await first.add({ text: 'three', relevant: [] });
  expect((await LabelStore.open(folder)).queries.map(({ text }) => text)).toEqual(['one', 'three']);
});

test.each(['queries.jsonl', 'qrels/test.tsv'])('an edit of %s by hand is not overwritten', async (file) => {
  const store = await LabelStore.open(folder);
  const { id } = await store.add({ text: 'one', relevant: ['a.html'] });
  const before = await read(file);
  const edited = before.replace(/one|a\.html/, 'edited');
  await write({ [file]: edited });
  const draft = { text: 'another', relevant: [] };
  await expect(store.add(draft)).rejects.toThrow(file);
  await expect(store.add(draft)).rejects.toThrow(CHANGED);
  await expect(store.update(id, draft)).rejects.toMatchObject({ status: 409 });
  await expect(store.remove(id)).rejects.toMatchObject({ status: 409 });
  expect(await read(file)).toBe(edited);
  expect(store.queries).toEqual([{ id, text: 'one', relevant: ['a.html'] }]);
  // Back to what the store knows, it goes on.
  await write({ [file]: before });
  await store.add(draft);
  expect((await LabelStore.open(folder)).queries).toHaveLength(2);
});

test('files that are gone are written again, with all that was there', async () => {
  const store = await LabelStore.open(join(folder, 'labels'));
  await store.add({ text: 'one', relevant: ['a.html'] });
  await rm(join(folder, 'labels'), { recursive: true });
  await store.add({ text: 'two', relevant: [] });
  expect((await LabelStore.open(join(folder, 'labels'))).queries).toHaveLength(2);
});

test('after a write that broke off half-way, an edit by hand is still seen', async () => {
  const store = await LabelStore.open(folder);
  await store.add({ text: 'one', relevant: ['a.html'] });
  const qrels = await read('qrels/test.tsv');
  await rm(join(folder, 'qrels'), { recursive: true });
  await writeFile(join(folder, 'qrels'), 'in the way');
  for (const text of ['two', 'three'])
    await expect(store.add({ text, relevant: [] })).rejects.toThrow(/could not be written/);
  await rm(join(folder, 'qrels'));
  // Restored as it was, the other file is no change.
  const queries = await read('queries.jsonl');
  await write({ 'qrels/test.tsv': qrels, 'queries.jsonl': '{"_id":"q1","text":"edited"}\n' });
  await expect(store.add({ text: 'two', relevant: [] })).rejects.toThrow(CHANGED);
  expect(await read('queries.jsonl')).toContain('edited');
  await write({ 'queries.jsonl': queries });
  await store.add({ text: 'two', relevant: [] });
  expect((await LabelStore.open(folder)).queries).toHaveLength(2);
});
