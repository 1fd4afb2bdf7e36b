import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containsPhrase } from './contains-phrase.js';
import { english } from './english.js';
import { parseQuery } from './query-syntax.js';

describe('parseQuery', () => {
  it.each([
    ['install "package lock" fast', ['package lock'], []],
    ['“package lock”', ['package lock'], []],
    ['«package lock» -yarn', ['package lock'], ['yarn']],
    ['install -yarn -pnpm', [], ['yarn', 'pnpm']],
    ['"to be or not"', ['to be or not'], []],
    ['find "java -version" -docker', ['java -version'], ['docker']],
    ['"-name" -yarn -pnpm', ['-name'], ['yarn', 'pnpm']],
  ])('reads %j', (text, phrases, excluded) => {
    expect(parseQuery(text)).toMatchObject({ phrases, excluded });
  });

  it.each([
    'npm -g',
    'ls -la',
    'install --save-dev',
    'x-ray of-the-day',
    '-yarn',
    'say "unfinished',
    '5" disk',
    '""',
    'a - b',
    "it's",
  ])('takes %j for text', (text) => {
    expect(parseQuery(text)).toEqual({ plain: text, phrases: [], excluded: [] });
  });

  it('leaves to look for what is not syntax, a closed quote being finished', () => {
    expect(parseQuery('fast "package lock" -yarn').plain.split(/\s+/)).toEqual([
      'fast',
      'package',
      'lock',
      '',
    ]);
  });

  it('reads any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('ab "-“”«»x')) }), (text) => {
        const { plain, phrases } = parseQuery(text);
        for (const phrase of phrases) expect(containsPhrase(plain, phrase, english)).toBe(true);
      }),
    );
  });
});
