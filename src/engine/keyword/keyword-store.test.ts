import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keywordsOf } from '../../testing/keywords.js';
import type { MemorySource } from '../../testing/memory-source.js';
import { english } from './english.js';
import type { KeywordStore } from './keyword-store.js';
import { passagesWith } from './passages-with.js';
import { type KeywordHit, searchKeywords } from './search-keywords.js';

const LETTERS = Array.from('abcdefghijklmnopqrst');
/** A word that no other document has, and long enough for a file of its own. */
const wordsOf = (letter: string): string =>
  Array.from(
    { length: 400 },
    (_, at) => `${letter.repeat(12)}${LETTERS[at % 20]!}${LETTERS[(at / 20) | 0]!}ing`,
  ).join(' ');
const documents = LETTERS.map((letter) => ({
  title: '',
  heading: '',
  trail: '',
  body: `${wordsOf(letter)} common ${letter}zebra`,
}));

describe('a KeywordStore of many files', () => {
  let store: KeywordStore;
  let source: MemorySource;
  beforeEach(async () => ({ store, source } = await keywordsOf(documents, { oneFile: 0 })));
  const search = (query: string): Promise<KeywordHit[]> =>
    searchKeywords(store, english.analyseQuery(query), 10);

  it('reads nothing before a search, then the files of its words alone, each once', async () => {
    expect(source.files.size).toBeGreaterThan(5);
    expect(source.reads).toEqual([]);
    const hits = await search('azebra tzebra ');
    expect(hits.map(({ passage }) => passage)).toEqual([0, 19]);
    const { length } = source.reads;
    expect(length).toBeLessThan(5);
    await search('azebra tzebra ');
    expect(source.reads).toHaveLength(length);
  });

  it('completes an unfinished word', async () => {
    expect((await search('tzeb')).map(({ passage }) => passage)).toEqual([19]);
    expect((await search('commo')).length).toBe(10);
  });

  it('answers with the words whose files can be read, says why, and tries again', async () => {
    await search('azebra ');
    const read = new Set(source.reads);
    const missing = [...source.files].filter(([path]) => !read.has(path));
    for (const [path] of missing) source.files.delete(path);
    expect((await search('azebra tzebra ')).map(({ passage }) => passage)).toEqual([0]);
    expect(store.failure).toMatch(/keywords\/[0-9a-f]{12}\.bin could not be read/);
    for (const [path, bytes] of missing) source.files.set(path, bytes);
    store.failure = undefined;
    expect(await search('azebra tzebra ')).toHaveLength(2);
    expect(store.failure).toBeUndefined();
  });

  it('keeps why a file could not be read until it is cleared: one search reads files more than once', async () => {
    source.files.clear();
    await store.shardsFor(['azebra']);
    await store.shardsFor([]);
    expect(store.failure).toMatch(/could not be read/);
    await expect(passagesWith(store, 'azebra')).rejects.toThrow('could not be read');
  });

  it('is open once a search has read of it, or after a while: models do not load before the first rows', async () => {
    vi.useFakeTimers();
    let open = 0;
    void store.open().then(() => open++);
    await vi.advanceTimersByTimeAsync(500);
    expect(open).toBe(0);
    await vi.advanceTimersByTimeAsync(5000);
    expect(open).toBe(1);
    vi.useRealTimers();
    const other = (await keywordsOf(documents, { oneFile: 0 })).store;
    void searchKeywords(other, english.analyseQuery('azebra '), 10);
    await other.open();
  });

  it('refuses a file of another index', async () => {
    const other = await keywordsOf(documents.slice(1), { oneFile: 0 });
    const [path] = other.source.files.keys();
    expect(path).toBeDefined();
    const { KeywordStore: Store } = await import('./keyword-store.js');
    const keywords = [...other.source.files].map(([name, bytes]): [string, number, string] => [
      '',
      bytes.length,
      name.slice('keywords/'.length, -'.bin'.length),
    ]);
    const wrong = new Store(other.source, {
      keywords: keywords.slice(0, 1),
      counts: { pages: 1, sections: 1, passages: 20 },
    });
    await wrong.open();
    expect(wrong.failure).toMatch(/is of an index of 19 passages where the manifest says 20/);
  });
});
