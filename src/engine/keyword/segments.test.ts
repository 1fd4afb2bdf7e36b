import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keywordsOf } from '../../testing/keywords.js';
import { english } from './english.js';
import { searchKeywords } from './search-keywords.js';

const found = async (texts: string[], query: string): Promise<number[]> => {
  const { store } = await keywordsOf(texts.map((body) => ({ title: '', heading: '', trail: '', body })));
  return (await searchKeywords(store, english.analyseQuery(query), 10)).map(({ passage }) => passage);
};

describe('text without spaces', () => {
  it.each([
    ['数据库', '本节说明如何配置数据库连接池的大小。', '本节说明如何安装软件。'],
    ['连接池', '本节说明如何配置数据库连接池的大小。', '数据库的安装。'],
    [
      'データベース',
      'このページではデータベースの接続を設定します。',
      'このページではインストールを説明します。',
    ],
    ['接続設定', '接続の設定について。', '印刷について。'],
    ['ค้นหา', 'วิธีค้นหาเอกสารในเว็บไซต์', 'วิธีติดตั้งโปรแกรม'],
    ['데이터베이스', '데이터베이스에서 값을 읽습니다', '다른 내용'],
    ['npm设置', '用npm设置注册表', '其他内容'],
  ])('is found by %s in the middle of it', async (query, text, other) => {
    expect((await found([other, text], query))[0]).toBe(1);
  });

  it('is cut like the words of other scripts that touch it, as where spaces stand between', () => {
    const latin = fc.constantFrom('configuration', 'packages', 'the', "npm's", 'café');
    const unspaced = fc.constantFrom('ファイルを編集', 'サーバー', '安装', '接続設定', '데이터를', 'ค้นหา');
    const terms = (text: string): string[] => [...english.tokens(text)].map(({ term }) => term);
    fc.assert(
      fc.property(fc.array(fc.tuple(latin, unspaced)), (words) => {
        expect(terms(words.flat().join(''))).toEqual(terms(words.flat().join(' ')));
      }),
    );
  });

  it('marks words where they stand', () => {
    const unit = fc.constantFrom(...Array.from('数据库接続のデータแมวab 12、。'));
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        let last = 0;
        for (const { term, start, end } of english.tokens(text)) {
          expect(term).not.toBe('');
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          if (/^[数据库接続のデータ]+$/u.test(term)) {
            expect(text.slice(start, end)).toBe(term);
            expect(start).toBeGreaterThanOrEqual(last);
            last = start;
          }
        }
      }),
    );
  });

  it('counts its words for its length, and not the pairs', () => {
    const all = [...english.tokens('数据库连接')];
    expect(
      all
        .filter(({ whole }) => !whole)
        .map(({ term }) => term)
        .join(''),
    ).toBe('数据库连接');
    expect(all.some(({ whole }) => whole)).toBe(true);
  });
});
