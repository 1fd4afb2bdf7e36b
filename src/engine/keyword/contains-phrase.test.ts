import { describe, expect, it } from 'vitest';
import { analyserFor } from './analyser-for.js';
import { containsPhrase } from './contains-phrase.js';
import { english } from './english.js';

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
