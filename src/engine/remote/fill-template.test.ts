import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fill, fillParameters } from './fill-template.js';

const VALUES = { query: 'undo', typed: '"undo"', limit: 50 };

describe('fill', () => {
  it('puts a value in the place of a whole string, and text into a longer one', () => {
    const template = {
      q: '{query}',
      n: '{limit}',
      v: '{vector}',
      text: 'k:{limit} [{vector}] {typed}',
      list: ['{limit}', null, 1],
    };
    expect(fill(template, { ...VALUES, vector: [0.5, -1] })).toEqual({
      q: 'undo',
      n: 50,
      v: [0.5, -1],
      text: 'k:50 [0.5,-1] "undo"',
      list: [50, null, 1],
    });
  });

  it('leaves out what has no value, and objects that are empty by that alone', () => {
    const template = { a: { bool: { filter: '{filters}' } }, b: ['{filters}', 1], c: {}, d: 'x{filters}' };
    expect(fill(template, VALUES)).toEqual({ b: [1], c: {}, d: 'x' });
  });

  it('never lets a value be more than a value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (query) => {
        const filled: unknown = JSON.parse(
          JSON.stringify(fill({ a: '{query}', b: ['<{query}>'] }, { ...VALUES, query })),
        );
        expect(filled).toEqual({ a: query, b: [`<${query}>`] });
      }),
    );
    // A query that looks like a placeholder is what was typed.
    expect(fill({ q: 'a {query}' }, { ...VALUES, query: '{limit}' })).toEqual({ q: 'a {limit}' });
  });
});

describe('fillParameters', () => {
  it('writes lists and numbers as text, and leaves out what has no value', () => {
    expect(
      fillParameters({ q: '{query}', v: '{vector}', f: '{filters}' }, { ...VALUES, vector: [1, 2] }),
    ).toEqual([
      ['q', 'undo'],
      ['v', '1,2'],
    ]);
  });
});
