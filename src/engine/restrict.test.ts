import { expect, it } from 'vitest';
import { keywordsOf } from '../testing/keywords.js';
import type { Passage } from './index-file/passage-file.js';
import { english } from './keyword/english.js';
import { parseQuery } from './keyword/query-syntax.js';
import type { Query } from './query.js';
import { restrict, type Restriction } from './restrict.js';

/** Restricts to what a query allows of so many passages with the same words. */
async function restricted(count: number, typed: string, sort?: Query['sort']): Promise<Restriction> {
  const document = { title: '', heading: '', trail: '', body: 'remove a package' };
  const { store: keywords } = await keywordsOf(Array.from({ length: count }, () => document));
  const passage = {
    page: { title: '' },
    section: { trail: [] as string[] },
    text: document.body,
  } as Partial<Passage>;
  const passages = {
    get: (ids: readonly number[]) =>
      Promise.resolve({ passages: new Map(ids.map((id) => [id, passage as Passage])), failures: [] }),
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

it('reads fewer where relevance decides', async () => {
  const some = await restricted(1001, '"a package"');
  expect([size(some), some.missing]).toEqual([60, []]);
});
