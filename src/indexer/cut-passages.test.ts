import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutPassages as cut, type CutOptions } from './cut-passages.js';

const wordsOf = (text: string): string[] => text.match(/\S+/g) ?? [];
const options = (maxTokens: number, more: Partial<CutOptions> = {}): CutOptions => ({
  maxTokens,
  count: (text) => wordsOf(text).length,
  language: 'en',
  ...more,
});

/** The texts of the passages that blocks of plain text become. */
const cutPassages = (blocks: readonly string[], options: CutOptions): string[] =>
  cut(
    blocks.map((text) => ({ text })),
    options,
  ).map(({ text }) => text);

describe('cutPassages', () => {
  it('keeps blocks together where they fit, a line each', () => {
    expect(cutPassages(['one two', 'three', 'four five'], options(3))).toEqual([
      'one two\nthree',
      'four five',
    ]);
    expect(cutPassages(['one two', 'three', 'four five'], options(5))).toEqual(['one two\nthree\nfour five']);
  });

  it('cuts a block that is too long between sentences', () => {
    const block = 'First one here. Second one here. Third one here.';
    expect(cutPassages([block], options(7))).toEqual(['First one here. Second one here.', 'Third one here.']);
  });

  it('cuts between sentences of other languages', () => {
    const perLetter = { count: (text: string) => text.length, language: 'ja' };
    expect(cutPassages(['これは本です。それは紙です。'], options(8, perLetter))).toEqual([
      'これは本です。',
      'それは紙です。',
    ]);
  });

  it('cuts between words where even a sentence is too long', () => {
    expect(cutPassages(['one two three four five'], options(2))).toEqual(['one two', 'three four', 'five']);
  });

  it('cuts a word of absurd length, such as base64', () => {
    const passages = cutPassages(['x'.repeat(1000)], options(60, { count: (text) => text.length / 2 }));
    expect(passages.join('')).toBe('x'.repeat(1000));
    for (const passage of passages) expect(passage.length / 2).toBeLessThanOrEqual(60);
  });

  it('cuts text without spaces, a token a character, to fit', () => {
    const perLetter = { count: (text: string) => Array.from(text).length, language: 'ja' };
    const passages = cutPassages(['日'.repeat(200)], options(40, perLetter));
    expect(Math.max(...passages.map(({ length }) => length))).toBeLessThanOrEqual(40);
    expect(passages.join('')).toBe('日'.repeat(200));
  });

  it('keeps the lines of code together', () => {
    expect(cutPassages(['if (x) {\n  y();\n}'], options(20))).toEqual(['if (x) {\n  y();\n}']);
  });

  it('never puts blocks into one passage that count differently', () => {
    const blocks = [
      { text: 'one' },
      { text: 'two', weight: 5 },
      { text: 'three', weight: 5 },
      { text: 'four' },
      { text: 'five six seven', weight: 0 },
    ];
    expect(cut(blocks, options(2))).toEqual([
      { text: 'one' },
      { text: 'two\nthree', weight: 5 },
      { text: 'four' },
      { text: 'five six', weight: 0 },
      { text: 'seven', weight: 0 },
    ]);
  });

  it('makes nothing of nothing', () => {
    expect(cutPassages([], options(10))).toEqual([]);
    expect(cutPassages(['', '  '], options(10))).toEqual([]);
  });

  const word = fc.string({
    unit: fc.constantFrom('a', 'B', '7', '.', '!', '?', ',', 'é', '。', '日', '-'),
    minLength: 1,
    maxLength: 30,
  });
  const block = fc
    .array(fc.tuple(word, fc.constantFrom(' ', '\n', '\n  ')), { minLength: 1, maxLength: 40 })
    .map((pairs) => pairs.flat().join('').trim());

  it('makes no passage longer than asked for, and loses no word', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), fc.integer({ min: 1, max: 40 }), (blocks, most) => {
        const passages = cutPassages(blocks, options(most));
        for (const passage of passages) {
          expect(wordsOf(passage).length).toBeLessThanOrEqual(most);
          expect(passage.trim()).not.toBe('');
        }
        // A word may be cut at a mark that ends a sentence, so letters are compared, not words.
        expect(passages.join('').replace(/\s/g, '')).toBe(blocks.join('').replace(/\s/g, ''));
      }),
    );
  });

  it('gives all words back in order, whole where no mark is in them', () => {
    const plain = fc.array(fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 })));
    fc.assert(
      fc.property(plain, fc.integer({ min: 1, max: 40 }), (lists, most) => {
        const blocks = lists.map((list) => list.join(' ').replace(/[^\w ]/g, ''));
        expect(cutPassages(blocks, options(most)).flatMap(wordsOf)).toEqual(blocks.flatMap(wordsOf));
      }),
    );
  });
});
