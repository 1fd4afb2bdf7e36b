import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBeirFiles, readCorpus, readQrels, readQueries } from './beir.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-look-beir-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, content: string | Uint8Array): Promise<string> {
  await mkdir(join(folder, 'qrels'), { recursive: true });
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

describe('findBeirFiles', () => {
  it('finds plain files, gzipped ones, and the labels of the split', async () => {
    const corpus = await write('corpus.jsonl.gz', '');
    const queries = await write('queries.jsonl', '');
    await write('queries.jsonl.gz', '');
    await write('qrels/test.tsv', '');
    const qrels = await write('qrels/dev.tsv', '');
    expect(await findBeirFiles(folder, 'dev')).toEqual({ name: basename(folder), corpus, queries, qrels });
  });

  it('names the splits that there are', async () => {
    for (const split of ['dev', 'train']) await write(`qrels/${split}.tsv`, '');
    await write('qrels/notes.txt', '');
    await expect(findBeirFiles(folder, 'test')).rejects.toThrow(
      /There is no .*qrels.test\.tsv\. The collection has the split (dev, train|train, dev): name one with --split\./,
    );
  });

  it('says what a collection looks like where there is none', async () => {
    await expect(findBeirFiles(join(folder, 'nowhere'), 'test')).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringMatching(
        /nowhere.qrels.test\.tsv\. Expected a folder in the BEIR layout: corpus\.jsonl, queries\.jsonl and qrels/,
      ) as string,
    });
  });

  it('names the file that is missing', async () => {
    await write('qrels/test.tsv', '');
    await expect(findBeirFiles(folder, 'test')).rejects.toThrow(
      /There is no .*corpus\.jsonl, nor corpus\.jsonl\.gz beside it/,
    );
    await write('corpus.jsonl', '');
    await expect(findBeirFiles(folder, 'test')).rejects.toThrow(/There is no .*queries\.jsonl, nor/);
  });

  it('needs no queries and labels of its own where others are given', async () => {
    const corpus = await write('corpus.jsonl', '');
    const given = { queries: 'my-queries.jsonl', qrels: 'my-labels.tsv' };
    expect(await findBeirFiles(folder, 'test', given)).toMatchObject({ corpus, ...given });
  });
});

describe('readCorpus and readQueries', () => {
  const LINES = '{"_id":"1","title":"Eins","text":"one"}\n{"_id":"2","title":"Zwei","text":"two"}\n';
  const DOCUMENTS = [
    { id: '1', title: 'Eins', text: 'one' },
    { id: '2', title: 'Zwei', text: 'two' },
  ];

  it.each([
    ['plain', LINES],
    ['with a byte order mark', `\uFEFF${LINES}`],
    ['with CRLF', LINES.replaceAll('\n', '\r\n')],
    ['with blank lines', `\n${LINES.replaceAll('\n', '\n \n\n')}`],
    ['without a last line break', LINES.trimEnd()],
  ])('reads lines %s, gzipped or not', async (_, lines) => {
    expect(await readCorpus(await write('corpus.jsonl', lines))).toEqual(DOCUMENTS);
    expect(await readCorpus(await write('corpus.jsonl.gz', gzipSync(lines)))).toEqual(DOCUMENTS);
  });

  it('takes numbers for ids, and leaves what else a line has', async () => {
    const path = await write('queries.jsonl', '{"_id": 7, "text": "seven", "metadata": {"url": "x"}}');
    expect(await readQueries(path)).toEqual([{ id: '7', text: 'seven' }]);
  });

  it('takes documents without title or text, and separators of lines inside of them', async () => {
    const lines = [
      '{"_id":"a","text":"one\u2028two"}',
      '{"_id":"b","title":null,"text":null}',
      '{"_id":"c"}',
    ];
    expect(await readCorpus(await write('corpus.jsonl', lines.join('\n')))).toEqual([
      { id: 'a', title: '', text: 'one\u2028two' },
      { id: 'b', title: '', text: '' },
      { id: 'c', title: '', text: '' },
    ]);
  });

  it.each([
    ['broken JSON', '{"_id": "2", "text"'],
    ['a list', '["2", "text"]'],
    ['no id', '{"text": "words"}'],
    ['an empty id', '{"_id": "", "text": "words"}'],
    ['a text that is none', '{"_id": "2", "text": ["words"]}'],
  ])('names file and line where there is %s, and shows it', async (_, broken) => {
    const path = await write('queries.jsonl', `{"_id":"1","text":"good"}\n\n${broken}\n`);
    await expect(readQueries(path)).rejects.toMatchObject({
      code: 'bad-option',
      message: `${path}, line 3: expected {"_id": …, "text": …}; found ${JSON.stringify(broken)}.`,
    });
  });

  it('shows only the beginning of a long line', async () => {
    const path = await write('corpus.jsonl', 'x'.repeat(100_000));
    const error = await readCorpus(path).catch((reason: unknown) => reason as Error);
    expect((error as Error).message).toMatch(/corpus\.jsonl, line 1: .*found "xxx/);
    expect((error as Error).message.length).toBeLessThan(folder.length + 250);
  });

  it('refuses an id that occurs twice, as a number too', async () => {
    const path = await write('queries.jsonl', '{"_id":"1","text":"a"}\n{"_id":1,"text":"b"}');
    await expect(readQueries(path)).rejects.toThrow(`${path}, line 2: the _id "1" occurs twice.`);
  });

  it('refuses what is empty, missing, or not the gzip that its name says', async () => {
    await expect(readQueries(await write('queries.jsonl', '\n \n'))).rejects.toThrow(
      /queries\.jsonl is empty; expected lines/,
    );
    await expect(readCorpus(join(folder, 'nowhere.jsonl'))).rejects.toThrow(
      /nowhere\.jsonl could not be read: .*ENOENT/,
    );
    const cut = gzipSync(LINES.repeat(50)).subarray(0, 60);
    for (const content of [LINES, cut])
      await expect(readCorpus(await write('corpus.jsonl.gz', content))).rejects.toMatchObject({
        code: 'bad-option',
        message: expect.stringMatching(/corpus\.jsonl\.gz could not be read: /) as string,
      });
  });
});

describe('readQrels', () => {
  const LABELS = new Map([
    ['q1', new Map(Object.entries({ a: 1, b: 2 }))],
    ['q2', new Map([['a', 1]])],
  ]);
  const LINES = 'q1\ta\t1\nq1\tb\t2\nq2\ta\t1\n';
  const HEADER = 'query-id\tcorpus-id\tscore\n';

  it.each([
    ['with a header', HEADER + LINES],
    ['without one', LINES],
    ['with a byte order mark before the header', `\uFEFF${HEADER}${LINES}`],
    ['with a blank line before the header', `\n${HEADER}${LINES}`],
    ['with CRLF', (HEADER + LINES).replaceAll('\n', '\r\n')],
    ['with spaces around', (HEADER + LINES).replaceAll('\t', ' \t ')],
    ['with grades of 0 and less, which are not kept', `${HEADER}${LINES}q1\tc\t0\nq2\tb\t-1\nq3\ta\t0\n`],
  ])('reads labels %s', async (_, content) => {
    expect(await readQrels(await write('qrels/test.tsv', content))).toEqual(LABELS);
  });

  it.each([
    ['too few columns', 'q1\ta'],
    ['too many, as TREC has them', 'q1\t0\ta\t1'],
    ['spaces for tabs', 'q1 a 1'],
    ['no score', 'q1\ta\t'],
    ['no document', 'q1\t\t1'],
    ['a word for a score', 'q1\ta\tyes'],
    ['a score without end', 'q1\ta\tInfinity'],
  ])('names file and line where there are %s', async (_, broken) => {
    const path = await write('qrels/test.tsv', `${HEADER}${broken}\n`);
    await expect(readQrels(path)).rejects.toMatchObject({
      code: 'bad-option',
      message: `${path}, line 2: expected query-id, corpus-id and score with tabs between; found ${JSON.stringify(broken)}.`,
    });
  });
});
