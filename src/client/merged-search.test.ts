import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Context, type PageResult, SearchError, type SearchUpdate } from '../protocol.js';
import type { Search } from './create-search.js';
import { mergeSearches } from './merged-search.js';

const page = (url: string, score: number, exact = false): PageResult => ({
  ...{ url, title: url, meta: {}, score },
  sections: [{ url, trail: [], excerpt: { text: '', ranges: [] }, score, why: { exact } }],
});

const update = (stage: SearchUpdate['stage'], more: Partial<SearchUpdate> = {}): SearchUpdate => ({
  ...{ query: 'x', stage, results: [], missing: [] },
  ...more,
});

/** An index that gives these updates, or fails with an error among them. */
function searchOf(updates: (SearchUpdate | Error)[], more: Partial<Search> = {}): Search {
  return {
    info: {
      ...{ pages: 1, sections: 2, passages: 3, language: 'en', languages: ['en'], filters: ['section'] },
      ...{ modelBytes: 10, modelFiles: { abc: 10 } },
    },
    preload: vi.fn(),
    dispose: vi.fn(),
    filters: async () => ({ section: { cli: 1 } }),
    context: async () => ({ passages: [], tokens: 0, counted: 'by tokenizer', missing: [] }),
    async *query() {
      for (const next of updates) {
        await Promise.resolve();
        if (next instanceof Error) throw next;
        yield next;
      }
    },
    ...more,
  };
}

const merge = (...searches: (Search | Error)[]): Promise<Search> =>
  mergeSearches(
    searches.map((_, at) => String(at)),
    async (at) => {
      const search = searches[Number(at)]!;
      if (search instanceof Error) throw search;
      return search;
    },
  );

async function allOf(search: Search, options = {}): Promise<SearchUpdate[]> {
  const updates: SearchUpdate[] = [];
  for await (const one of search.query('x', options)) updates.push(one);
  return updates;
}
const urls = (one: SearchUpdate | undefined): string[] => one?.results.map(({ url }) => url) ?? [];
const gone = new SearchError('missing-file', 'b/ is gone');

describe('several indexes searched at once', () => {
  let a: Search;
  let b: Search;
  beforeEach(() => {
    a = searchOf([
      update('keyword', { results: [page('a1', 0.5)] }),
      update('done', { results: [page('a1', 0.9), page('a2', 0.3)], progress: { read: 4, of: 4 } }),
    ]);
    b = searchOf([
      update('keyword', { results: [page('b1', 0.6)] }),
      update('reranking', { results: [page('b1', 0.6)], progress: { read: 1, of: 2 } }),
      update('done', {
        results: [page('b1', 0.6), page('b2', 0.1, true)],
        progress: { read: 2, of: 2 },
        facets: { section: { cli: 2 } },
      }),
    ]);
  });

  it('give one list, exact matches first and then by score, of as many pages as are asked for', async () => {
    const search = await merge(a, b);
    expect(urls((await allOf(search)).at(-1))).toEqual(['b2', 'a1', 'b1', 'a2']);
    expect(urls((await allOf(search, { limit: 2 })).at(-1))).toEqual(['b2', 'a1']);
  });

  it('are as far as the slowest of them', async () => {
    const stages = (await allOf(await merge(a, b))).map(({ stage }) => stage);
    expect(stages.filter((stage) => stage === 'done')).toHaveLength(1);
    expect(stages.at(-1)).toBe('done');
    expect(stages[0]).toBe('keyword');
  });

  it('add up what is read, and what is counted', async () => {
    const search = await merge(a, b);
    expect((await allOf(search)).at(-1)).toMatchObject({
      progress: { read: 6, of: 6 },
      facets: { section: { cli: 2 } },
    });
    expect(await search.filters()).toEqual({ section: { cli: 2 } });
    expect(search.info).toMatchObject({ pages: 2, passages: 6, filters: ['section'], modelBytes: 10 });
  });

  it('answer without one that cannot be opened, which is named', async () => {
    const last = (await allOf(await merge(a, gone))).at(-1);
    expect(last).toMatchObject({ stage: 'done', missing: [{ part: 'index', reason: 'b/ is gone' }] });
    expect(urls(last)).toEqual(['a1', 'a2']);
    await expect(merge(gone, new Error('other'))).rejects.toThrow('b/ is gone');
    await expect(merge()).rejects.toThrow(/empty list/);
  });

  it('answer without one that fails later, which keeps the rows that it has given', async () => {
    const failing = searchOf([update('keyword', { results: [page('b1', 0.6)] }), gone]);
    const last = (await allOf(await merge(a, failing))).at(-1);
    expect(last).toMatchObject({ stage: 'done', missing: [{ part: 'index' }] });
    expect(urls(last)).toEqual(['a1', 'b1', 'a2']);
  });

  it('end with the reason of the signal', async () => {
    const aborted = searchOf([new Error('enough')]);
    await expect(allOf(await merge(aborted, aborted))).rejects.toThrow('enough');
  });

  it.each<[string, (search: Search) => unknown]>([
    ['a newer query is asked', (search) => search.query('y')],
    ['the search is disposed of', (search) => search.dispose()],
  ])('give no update that has come before %s', async (_, end) => {
    const search = await merge(a, b);
    let updates = 0;
    for await (const one of search.query('x')) {
      updates++;
      expect(one.stage).not.toBe('done');
      // The reader is at work as others come in.
      await new Promise((resolve) => setTimeout(resolve));
      end(search);
    }
    expect(updates).toBe(1);
  });

  it('throw the reason of the signal at once, whatever has come before', async () => {
    const controller = new AbortController();
    const updates: SearchUpdate[] = [];
    const read = async (): Promise<void> => {
      for await (const one of (await merge(a, b)).query('x', { signal: controller.signal })) {
        updates.push(one);
        await new Promise((resolve) => setTimeout(resolve));
        controller.abort(new Error('enough'));
      }
    };
    await expect(read()).rejects.toThrow('enough');
    expect(updates).toHaveLength(1);
  });

  it('follow each other where an order is asked for, and say so', async () => {
    const last = (await allOf(await merge(a, b), { sort: { by: 'date' } })).at(-1);
    expect(urls(last)).toEqual(['a1', 'a2', 'b1', 'b2']);
    expect(last!.missing).toMatchObject([{ part: 'sort' }]);
  });

  it('give a language model the best passages of all, within its budget', async () => {
    const contextOf = (...given: [text: string, score: number][]): Pick<Search, 'context'> => ({
      context: async (): Promise<Context> => ({
        passages: given.map(([text, score]) => ({
          ...{ url: text, title: '', trail: [], text, tokens: 10, score },
        })),
        ...{ tokens: 10 * given.length, counted: 'by tokenizer', missing: [] },
      }),
    });
    const one = searchOf([], contextOf(['first', 0.9], ['same', 0.5]));
    const other = searchOf([], contextOf(['second', 0.7], ['same', 0.4], ['last', 0.3]));
    const search = await merge(one, other, gone);
    const { passages, tokens, missing } = await search.context('x', { maxTokens: 30 });
    expect(passages.map(({ text }) => text)).toEqual(['first', 'second', 'same']);
    expect(tokens).toBe(30);
    expect(missing).toMatchObject([{ part: 'index' }]);
  });

  it('are all loaded ahead, and all let go', async () => {
    const [preload, dispose] = [vi.fn(), vi.fn()];
    const search = await merge(searchOf([], { preload, dispose }), searchOf([], { preload, dispose }));
    search.preload();
    expect(preload).toHaveBeenCalledTimes(2);
    search.dispose();
    expect(dispose).toHaveBeenCalledTimes(2);
  });
});
