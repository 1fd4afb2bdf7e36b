import { describe, expect, it } from 'vitest';
import { english } from '../../src/engine/keyword/english.js';
import { termNumber, wordArrays, wordsOf } from './words-of.js';

/** A tokenizer that cuts a word into pieces of three letters. */
const tokenizer = { count: (text: string) => Math.ceil(text.length / 3) };

describe('wordsOf', () => {
  it('says of each token where its word begins, and which terms it has', () => {
    const { places, terms } = wordsOf('the tokens, os.path', 2, 20, tokenizer, english);
    // Two of a title; the; tok|ens|,; os.|pat|h; padded.
    expect(places.slice(0, 9)).toEqual([0, 0, 0, 4, 4, 4, 12, 12, 12]);
    expect(places.slice(9)).toEqual(Array.from({ length: 11 }, () => 12));
    const [token, os, path] = ['token', 'os', 'path'].map(termNumber);
    expect(terms.slice(0, 9)).toEqual([0, 0, 0, token, 0, 0, os, path, 0]);
  });

  it('ends where the tokens end', () => {
    expect(wordsOf('one two three', 4, 3, tokenizer, english)).toEqual({
      places: [0, 0, 0],
      terms: [0, 0, 0],
    });
  });
});

describe('wordArrays', () => {
  it('has the terms of a query, its last word among them', () => {
    const arrays = wordArrays(
      [{ places: [0], terms: [7], text: 'abc' }],
      ['how to undo publishing', ''],
      english,
    );
    expect([...arrays['queries.terms.u16']!]).toEqual(['undo', 'publish'].map(termNumber));
    expect([...arrays['queries.termEnds.u32']!]).toEqual([2, 2]);
    expect([...arrays['passages.characters.u32']!]).toEqual([3]);
  });
});
