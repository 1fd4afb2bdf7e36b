import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyserFor } from './analyser-for.js';
import { english } from './english.js';
import { containsPhrase, parseQuery } from './query-syntax.js';

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

describe('containsPhrase', () => {
  it.each([
    ['The package-lock file.', 'package lock', true],
    ['Run npm ci; then test', 'CI then', true],
    ['Une idée fixe', 'idee fixe', true],
    ['packages lock', 'package lock', false],
    ['lock package', 'package lock', false],
    ['これは日本語の文書です。', '日本語', true],
    ['これは日本語の文書です。', '語日本', false],
    ['用npm安装依赖', 'npm 安装', true],
    ['用npm安装依赖', 'pm安装', false],
    ['패키지를 설치', '패키지', true],
    ['サーバーを起動', 'サーバー', true],
    ['วิธีค้นหาเอกสาร', 'ค้นหา', true],
    ['ガイドを読む'.normalize('NFD'), 'ｶﾞｲﾄﾞ', true],
  ])('of %j and %j is right', (text, phrase, expected) => {
    expect(containsPhrase(text, phrase, english)).toBe(expected);
  });

  it.each([
    ['de', 'Die große Straße', 'grosse strasse'],
    ['de', 'Äpfel für alle', 'Aepfel fuer'],
    ['da', 'Rødgrød med fløde', 'rodgrod med'],
    ['fr', 'un chef-d’œuvre rare', 'oeuvre rare'],
    ['pl', 'biały łabędź', 'bialy labedz'],
    ['tr', 'IŞIK hızı', 'ışık hizi'],
  ])('folds as the language %s does: %j has %j', async (tag, text, phrase) => {
    expect(containsPhrase(text, phrase, await analyserFor(tag))).toBe(true);
  });
});
