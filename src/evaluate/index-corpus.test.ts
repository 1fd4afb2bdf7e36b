import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Passage } from '../engine/index-file/passage-file.js';
import type { SearchIndex } from '../engine/open-index.js';
import type { CorpusDocument } from './collection.js';
import { documentId } from './document-id.js';
import { evaluate } from './evaluate.js';
import { indexCorpus } from './index-corpus.js';
import { openForEvaluation } from './open-for-evaluation.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-look-corpus-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function indexed(corpus: CorpusDocument[]): Promise<SearchIndex> {
  const out = join(folder, 'index');
  await indexCorpus(corpus, out, { embedder: 'none', reranker: 'none', passageTokens: 48 });
  return openForEvaluation(out, { models: false });
}

async function passagesOf(index: SearchIndex): Promise<Passage[]> {
  const ids = Array.from({ length: index.manifest.counts.passages }, (_, id) => id);
  const { passages, failures } = await index.retriever.passages.get(ids);
  expect(failures).toEqual([]);
  return ids.map((id) => passages.get(id)!);
}

const indexedPassages = async (...corpus: CorpusDocument[]): Promise<Passage[]> =>
  passagesOf(await indexed(corpus));

describe('indexCorpus', () => {
  it('makes a page of each document that its id leads back to, a # in it included', async () => {
    const passages = await indexedPassages(
      { id: 'a/b#c', title: 'One', text: 'Some words.' },
      { id: '7', title: 'Two', text: 'Other words.' },
    );
    expect(passages.map(documentId)).toEqual(['a/b#c', '7']);
    expect(passages[0]).toMatchObject({ page: { title: 'One' }, text: 'Some words.' });
  });

  it('takes a title that is a trail for a page and its headings', async () => {
    const [passage] = await indexedPassages({ id: '1', title: 'Folders › Prefix › Unix', text: 'Words.' });
    expect(passage?.page.title).toBe('Folders');
    expect(passage?.section.trail).toEqual(['Prefix', 'Unix']);
  });

  it('finds a document without text by its title, and one without title by its text', async () => {
    const index = await indexed([
      { id: 'titled', title: 'Aspirin', text: ' \n' },
      { id: 'untitled', title: '', text: 'About ibuprofen.' },
    ]);
    const queries = [
      { id: 'q1', text: 'aspirin' },
      { id: 'q2', text: 'ibuprofen' },
    ];
    const labels = new Map([
      ['q1', new Map([['titled', 1]])],
      ['q2', new Map([['untitled', 1]])],
    ]);
    const { stages } = await evaluate(index, queries, labels, { collection: 'two', stages: ['keyword'] });
    expect(stages.keyword?.['mrr@10']).toBe(1);
  });

  it('cuts a long document into passages that all lead back to it', async () => {
    const words = Array.from({ length: 400 }, (_, at) => `word${at}${at % 10 === 9 ? '.' : ''}`);
    const passages = await indexedPassages(
      { id: 'long', title: 'Long', text: words.join(' ') },
      { id: 'short', title: 'Short', text: 'Few words.' },
    );
    const long = passages.filter((passage) => documentId(passage) === 'long');
    expect(long.length).toBeGreaterThan(5);
    expect(passages.length).toBe(long.length + 1);
    expect(long.flatMap(({ text }) => text.split(' '))).toEqual(words);
  });

  it('refuses a folder of other things before it does any work', async () => {
    await writeFile(join(folder, 'thesis.txt'), 'Mine.');
    const corpus = [{ id: '1', title: 'One', text: 'Words.' }];
    const named = indexCorpus(corpus, folder, { embedder: 'there/is-none', reranker: 'none' });
    await expect(named).rejects.toThrow(/is not a search index/);
  });

  it('takes the lines of a text for its paragraphs, and drops empty ones', async () => {
    const text = 'First paragraph.\n\n  \nSecond paragraph.';
    const [passage] = await indexedPassages({ id: '1', title: 'Title', text });
    expect(passage?.text).toMatch(/^First paragraph\.\s+Second paragraph\.$/);
  });
});
