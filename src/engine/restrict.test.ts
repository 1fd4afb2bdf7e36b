import { expect, it } from 'vitest';
import { keywordsOf } from '../testing/keywords.js';
import { has } from './bitmap.js';
import type { Passage } from './index-file/passage-file.js';
import { english } from './keyword/english.js';
import { parseQuery } from './keyword/query-syntax.js';
import type { Query } from './query.js';
import { restrict, type Restriction } from './restrict.js';

/** Restricts to what a query allows of so many passages with the same words. */
const restricted = (count: number, typed: string, sort?: Query['sort']): Promise<Restriction> =>
  restrictedOf(Array<string>(count).fill('remove a package'), typed, sort);

/** Restricts to what a query allows of passages with these texts. */
async function restrictedOf(texts: string[], typed: string, sort?: Query['sort']): Promise<Restriction> {
  const { store: keywords } = await keywordsOf(
    texts.map((body) => ({ title: '', heading: '', trail: '', body })),
  );
  const passageOf = (id: number): Passage =>
    ({
      page: { title: '' },
      section: { trail: [] as string[] },
      text: texts[id],
    }) as Partial<Passage> as Passage;
  const passages = {
    get: (ids: readonly number[]) =>
      Promise.resolve({ passages: new Map(ids.map((id) => [id, passageOf(id)])), failures: [] }),
  };
  const { plain, phrases, excluded } = parseQuery(typed);
  const query = { typed, text: plain.trim(), analysed: english.analyseQuery(plain), phrases, excluded };
  return restrict({ keywords, passages, analyser: english }, { ...query, filters: {}, sort });
}
const size = ({ allowed = new Uint8Array() }: Restriction): number =>
  Array.from(allowed, (byte) => byte.toString(2).replaceAll('0', '').length).reduce(
    (sum, bits) => sum + bits,
    0,
  );

it('reads 1,000 passages with the words of a phrase for a sort, and says when there are more', async () => {
  const sort = { by: 'date' };
  const all = await restricted(1000, '"a package"', sort);
  expect([size(all), all.missing]).toEqual([1000, []]);
  const some = await restricted(1001, '"a package"', sort);
  expect(size(some)).toBe(1000);
  expect(some.missing).toEqual([{ part: 'sort', reason: expect.stringContaining('1000') as string }]);
});

it('reads no more than a list takes where relevance decides', async () => {
  const some = await restricted(1001, '"a package"');
  expect(some.missing).toEqual([]);
  expect(size(some)).toBeGreaterThanOrEqual(300);
  expect(size(some)).toBeLessThan(1000);
});

it('finds the one passage that has a phrase, however many have its words more often', async () => {
  const others = Array<string>(400).fill('Lock file package. Lock file package.');
  const { allowed, missing } = await restrictedOf(
    [...others, `A package file lock, and ${'much '.repeat(50)} else.`],
    '"package file lock"',
  );
  expect([has(allowed!, 400), size({ allowed, missing }), missing]).toEqual([true, 1, []]);
});

it('says when it has not read all that may have a phrase', async () => {
  const { allowed, missing } = await restrictedOf(
    Array<string>(1001).fill('lock file package'),
    '"file lock"',
  );
  expect(size({ allowed, missing })).toBe(0);
  expect(missing).toEqual([{ part: 'passages', reason: expect.stringContaining('1000') as string }]);
});

it.each([
  ['learn -JavaScript', ['learn Java', 'learn a script', 'learn JavaScript', 'learn javascript'], [0, 1]],
  ['学ぶ -日本語', ['学ぶ 日本', '学ぶ 日本語', '日本語を学ぶ'], [0]],
  ['"日本語"', ['これは日本語の文書です。', '日本の言語', '用日本語写的'], [0, 2]],
  ['"패키지"', ['패키지를 설치합니다', '패키지 설치', '키지 패를'], [0, 1]],
  ['"新機能"', ['最新機能の紹介', '新しい機能'], [0]],
  ['"用户名"', ['请看用户名单', '用户的名'], [0]],
  ['설치 -패키지', ['패키지를 설치', '설치 방법'], [1]],
  ['learn -the', ['learn the alphabet', 'learn it'], [0, 1]],
  [
    '"GitHub Actions"',
    ['Github actions', 'GitHub Actions', 'GITHUB actions', 'Git and hub actions'],
    [0, 1, 2],
  ],
  ['"package-lock file"', ['a package lock file', 'the package-lock file', 'a locked package file'], [0, 1]],
])('allows for %s, of %j, those that people mean', async (typed, texts, expected) => {
  const { allowed, missing } = await restrictedOf(texts, typed);
  expect(texts.flatMap((_, at) => (!allowed || has(allowed, at) ? [at] : []))).toEqual(expected);
  expect(missing).toEqual([]);
});

it('allows all for words in quotes that no index has, and says so', async () => {
  const { allowed, missing } = await restricted(3, '"how to"');
  expect(allowed).toBeUndefined();
  expect(missing).toMatchObject([{ part: 'keyword' }]);
});
