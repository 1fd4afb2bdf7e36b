import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MemorySource } from '../testing/memory-source.js';
import { smallIndex, type TestPage } from '../testing/small-index.js';
import { search } from './search.js';
import type { SearchRequest, SearchUpdate } from './update.js';

/** What a page of the test site says of itself. */
interface Said {
  text: string;
  kinds: string[];
  date?: string | undefined;
}

const page = ({ text, kinds, date }: Said, at: number): TestPage => ({
  url: `page${at}.html`,
  html: `<main data-pagefind-meta="image:pic.png"><h1>Page ${at}</h1><p>${text}</p>
    ${kinds.map((kind) => `<i hidden data-pagefind-filter="kind">${kind}</i>`).join('')}
    ${date === undefined ? '' : `<i hidden data-second-look-sort="date:${date}"></i>`}</main>`,
});
const SITE: Said[] = [
  { text: 'publish a package', kinds: ['cli'], date: '2024-03-01' },
  { text: 'remove a package from the registry', kinds: ['cli', 'api'], date: '2023-01-31' },
  { text: 'install a package', kinds: ['api'] },
  { text: 'clean the folder', kinds: [], date: '2025-12-24' },
  { text: 'publish publish publish', kinds: ['draft', 'cli'], date: '2024-03-01' },
];

async function updatesOf(
  request: SearchRequest,
  { site = SITE, damage }: { site?: Said[]; damage?: (source: MemorySource) => void } = {},
): Promise<SearchUpdate[]> {
  const { index } = await smallIndex({ pages: site.map(page), ...(damage && { damage }) });
  const updates: SearchUpdate[] = [];
  for await (const update of search(index, request, (url) => `https://docs.test/${url}`))
    updates.push(update);
  return updates;
}
const numbers = (update: SearchUpdate | undefined): number[] =>
  update?.results.map(({ url }) => Number(/page(\d+)/.exec(url)?.[1])) ?? [];
const stages = (updates: SearchUpdate[]): string[] => [...new Set(updates.map(({ stage }) => stage))];
const last = async (...args: Parameters<typeof updatesOf>): Promise<SearchUpdate> =>
  (await updatesOf(...args)).at(-1)!;

describe('filters', () => {
  it('hold at every stage, whatever pages have', async () => {
    const kind = fc.constantFrom('a', 'b', 'c');
    const said = fc.record({
      text: fc.constantFrom('publish', 'remove a package', 'install', 'publish the registry'),
      kinds: fc.uniqueArray(kind, { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(said, { minLength: 1, maxLength: 12 }),
        kind,
        kind,
        async (site, any, none) => {
          const filters = { kind: { any: [any], none: [none] } };
          const updates = await updatesOf(
            { text: 'publish or undo', filters, limit: 100, rerank: { candidates: 30 } },
            { site },
          );
          const allowed = site.flatMap(({ kinds }, at) =>
            kinds.includes(any) && !kinds.includes(none) ? [at] : [],
          );
          const worded = allowed.filter((at) => site[at]!.text.includes('publish'));
          const sorted = (update: SearchUpdate | undefined): number[] =>
            numbers(update).sort((left, right) => left - right);
          expect(sorted(updates[0])).toEqual(worded);
          // Vectors find every page that may be found.
          for (const update of updates.slice(1)) expect(sorted(update)).toEqual(allowed);
          if (allowed.length > 0) expect(stages(updates)).toEqual(['keyword', 'hybrid', 'reranking', 'done']);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('go together with quotes and excluded words', async () => {
    expect(numbers(await last({ text: '"a package" -install', filters: { kind: 'api' } }))).toEqual([1]);
  });

  it('find nothing for a value or key that the site does not have, which is no error', async () => {
    for (const filters of [
      { kind: 'nothing' },
      { nokey: 'cli' },
      JSON.parse('{ "__proto__": "cli" }') as object,
    ])
      expect(await last({ text: 'publish', filters: filters as Record<string, string> })).toMatchObject({
        results: [],
        missing: [],
      });
  });

  it('find nothing where they cannot be read, and the update says which file is at fault', async () => {
    const damage = (source: MemorySource): void => {
      for (const path of source.files.keys()) if (path.startsWith('filters/')) source.files.delete(path);
    };
    for (const update of await updatesOf({ text: 'publish', filters: { kind: 'cli' } }, { damage })) {
      expect(update.results).toEqual([]);
      expect(update.missing).toMatchObject([
        { part: 'filters', reason: expect.stringMatching(/filters\/[0-9a-f]{12}\.bin/) as string },
      ]);
    }
    expect(numbers(await last({ text: 'publish' }, { damage })).length).toBeGreaterThan(0);
  });

  it('that ask for nothing list every page where there is no text', async () => {
    const nothing = { kind: { any: [] } };
    for (const update of await updatesOf({ text: '', filters: nothing }))
      expect(numbers(update)).toEqual([0, 1, 2, 3, 4]);
  });

  it('list all pages that pass, a section each, where there is no text, and load no model for it', async () => {
    const updates = await updatesOf({ text: ' ', filters: { kind: 'cli' } });
    expect(stages(updates)).toEqual(['keyword', 'done']);
    for (const update of updates) expect(numbers(update)).toEqual([0, 1, 4]);
    expect(updates[0]!.results.map(({ sections }) => sections.length)).toEqual([1, 1, 1]);
  });
});

describe('a sort', () => {
  it.each([
    ['asc', [1, 0, 4, 3, 2]],
    ['desc', [3, 0, 4, 1, 2]],
  ] as const)('lists pages in the order of a key, %s, those without it last', async (order, expected) => {
    expect(numbers(await last({ text: '', sort: { by: 'date', order } }))).toEqual(expected);
  });

  it('orders what the words find, with neither vectors nor a second look', async () => {
    const updates = await updatesOf({ text: 'package ', sort: { by: 'date' } });
    expect(stages(updates)).toEqual(['keyword', 'done']);
    for (const update of updates) expect(numbers(update)).toEqual([1, 0, 2]);
  });

  it('lists pages that have all words where there are any, else those that have one', async () => {
    expect(numbers(await last({ text: 'publish package ', sort: { by: 'date' } }))).toEqual([0]);
    expect(numbers(await last({ text: 'clean install ', sort: { by: 'date' } }))).toEqual([3, 2]);
  });

  it('orders all that have a phrase, not just the most relevant', async () => {
    const site = Array.from({ length: 70 }, (_, at) => ({
      text: at % 2 ? 'remove a package' : 'a package to remove',
      kinds: [],
      date: `2024-01-${String(99 - at)}`,
    }));
    const update = await last({ text: '"a package"', sort: { by: 'date' }, limit: 100 }, { site });
    expect(numbers(update)).toEqual(site.map((_, at) => 69 - at));
    expect(update.missing).toEqual([]);
  });

  it('goes together with filters', async () => {
    const request = { text: 'publish', filters: { kind: { none: ['draft'] } }, sort: { by: 'date' } };
    expect(numbers(await last(request))).toEqual([0]);
  });

  it('leaves the order where there is no such key, and says which there are', async () => {
    expect(await last({ text: 'publish', sort: { by: 'size' } })).toMatchObject({
      results: [{}, {}],
      missing: [{ part: 'sort', reason: expect.stringMatching(/no sort key "size".*"date"/) as string }],
    });
  });
});

describe('facets', () => {
  it('count the pages that each update has found, also those beyond the limit', async () => {
    const updates = await updatesOf({ text: 'package ', limit: 1, facets: true });
    expect(updates[0]!.facets).toEqual({ kind: { api: 2, cli: 2 } });
    expect(updates.at(-1)!.facets).toEqual({ kind: { api: 2, cli: 3, draft: 1 } });
  });

  it('count what has passed the filters, of the keys that are asked for', async () => {
    const { facets } = await last({ text: '', filters: { kind: 'draft' }, facets: ['kind', 'no such key'] });
    expect(facets).toEqual({ kind: { cli: 1, draft: 1 }, 'no such key': {} });
    expect(await last({ text: 'publish' })).not.toHaveProperty('facets');
  });

  it('are read when they are asked for, each key once', async () => {
    const { index, source } = await smallIndex({ pages: SITE.map(page) });
    const ask = async (request: SearchRequest): Promise<number> => {
      const updates = search(index, request, (url) => url);
      while (!(await updates.next()).done);
      return source.reads.filter((path) => /^(filters|sorts)\//.test(path)).length;
    };
    expect(await ask({ text: 'publish' })).toBe(0);
    expect(await ask({ text: 'publish', facets: true })).toBe(1);
    expect(await ask({ text: 'publish', facets: true, filters: { kind: 'cli' } })).toBe(1);
  });
});

it('lists the keys and values of the whole site', async () => {
  const { index } = await smallIndex({ pages: SITE.map(page) });
  expect(await (await index.refinements.open())!.filters()).toEqual({ kind: { api: 2, cli: 3, draft: 1 } });
});

it('lets weights change the order by words, and leaves meaning as it is', async () => {
  const weights = [0.1, undefined, 10];
  const pages = weights.map((weight, at) => ({
    url: `page${at}.html`,
    html: `<main><h1>Title</h1><p>Other things.</p>
      <p ${weight === undefined ? '' : `data-pagefind-weight="${weight}"`}>Remove a package.</p></main>`,
  }));
  const { index } = await smallIndex({ pages, reranker: () => Promise.reject(new Error('None.')) });
  const ask = async (text: string): Promise<SearchUpdate[]> => {
    const updates: SearchUpdate[] = [];
    for await (const update of search(index, { text }, (url) => url)) updates.push(update);
    return updates;
  };
  expect(numbers((await ask('package '))[0])).toEqual([2, 1, 0]);
  const byMeaning = (await ask('undo it')).at(-1)!;
  expect(numbers(byMeaning).sort()).toEqual([0, 1, 2]);
  const best = byMeaning.results.map(({ sections }) => sections[0]!.why.vector!.score);
  // The weighed passage stands alone; the other page's has both paragraphs.
  expect(best[0]).toBeCloseTo(best[1]!, 5);
});

it('gives what a page says of itself, with addresses seen from the page', async () => {
  const { results } = await last({ text: 'install' });
  expect(results.find(({ url }) => url.includes('page2'))?.meta).toEqual({
    title: 'Page 2',
    image: 'https://docs.test/pic.png',
  });
});
