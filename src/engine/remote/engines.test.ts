import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import meilisearch from '../../testing/engine-answers/meilisearch.json' with { type: 'json' };
import opensearch from '../../testing/engine-answers/opensearch.json' with { type: 'json' };
import qdrant from '../../testing/engine-answers/qdrant.json' with { type: 'json' };
import typesense from '../../testing/engine-answers/typesense.json' with { type: 'json' };
import { type EngineServer, startEngineServer } from '../../testing/engine-server.js';
import { remoteIndex } from '../../testing/remote-index.js';
import type { Filters } from '../filters.js';
import { search } from '../search.js';
import type { SearchUpdate } from '../update.js';

const ENGINES = [
  { engine: 'opensearch', path: '/docs/_search', answers: opensearch, settings: {} },
  { engine: 'typesense', path: '/multi_search', answers: typesense, settings: { documents: 'docsearch' } },
  { engine: 'qdrant', path: '/collections/docs/points/query', answers: qdrant, settings: {} },
  { engine: 'meilisearch', path: '/indexes/docs/search', answers: meilisearch, settings: {} },
] as const;

let server: EngineServer;
let answer: { status?: number; body: unknown };
beforeEach(async () => {
  server = await startEngineServer(() => answer);
});
afterEach(() => server.close());

async function ask(
  settings: Record<string, unknown>,
  text = 'undo a publish',
  filters?: Filters,
): Promise<SearchUpdate[]> {
  const index = await remoteIndex({ url: server.url, collection: 'docs', ...settings });
  const updates: SearchUpdate[] = [];
  for await (const update of search(index, { text, filters }, (url) => url)) updates.push(update);
  return updates;
}

describe.each(ENGINES)('$engine, by its preset', ({ engine, path, answers, settings }) => {
  const hasWords = engine !== 'qdrant';

  it('is asked once, where its API says, and its hits become results', async () => {
    answer = { body: answers.hits };
    const updates = await ask({ engine, ...settings, headers: { Authorization: 'Bearer public' } });
    expect(updates.map(({ stage }) => stage)).toEqual([hasWords ? 'keyword' : 'hybrid', 'reranking', 'done']);
    const last = updates.at(-1)!;
    expect(last.missing).toEqual([]);
    expect(last.progress).toEqual({ read: 3, of: 3 });
    expect(last.results.map(({ url, title }) => [url, title])).toEqual([
      ['https://docs.test/commands/npm-publish.html', 'npm-publish'],
      ['https://docs.test/commands/npm-unpublish.html', 'npm-unpublish'],
      ['https://docs.test/using-npm/registry.html', 'Registry'],
    ]);
    const [section] = last.results[1]!.sections;
    expect(section).toMatchObject({
      url: 'https://docs.test/commands/npm-unpublish.html#warning',
      trail: ['Description', 'Warning'],
      why: { rerank: 0.5, exact: false },
    });
    const { text, ranges } = section!.excerpt;
    expect(ranges.map(([start, end]) => text.slice(start, end))).toEqual(['undo', 'publish']);

    expect(server.calls).toHaveLength(1);
    expect(server.calls[0]).toMatchObject({
      ...{ method: 'POST', path },
      headers: { authorization: 'Bearer public', 'content-type': 'application/json' },
    });
    const sent = JSON.stringify(server.calls[0]!.body);
    expect(sent).not.toMatch(/\{(query|typed|limit|vector|filters)\}|null/);
    if (hasWords) expect(sent).toContain('"undo a publish"');
  });

  it('has nothing to show where it finds nothing, and nothing is missing', async () => {
    answer = { body: answers.none };
    const last = (await ask({ engine, ...settings })).at(-1)!;
    expect(last).toMatchObject({ stage: 'done', results: [], missing: [] });
  });

  it('is quoted where it says what is wrong', async () => {
    answer = answers.failure;
    const last = (await ask({ engine, ...settings })).at(-1)!;
    expect(last).toMatchObject({ results: [], missing: [{ part: 'remote' }] });
    expect(last.missing[0]!.reason).toMatch(/no such index|not found|Not found/i);
  });

  it("is asked with the query's vector, once, when the settings name its vectors", async () => {
    answer = { body: answers.hits };
    const index = await remoteIndex({
      url: server.url,
      collection: 'docs',
      engine,
      ...settings,
      vector: 'embedding',
    });
    await index.retriever.preload();
    const updates: SearchUpdate[] = [];
    for await (const update of search(index, { text: 'undo' }, (url) => url)) updates.push(update);
    expect(updates[0]).toMatchObject({ stage: 'hybrid', missing: [] });
    expect(updates[0]!.results).toHaveLength(3);
    expect(server.calls).toHaveLength(1);
    const sent = JSON.stringify(server.calls[0]!.body);
    // The fake embedder's vector of "undo": of its four directions, nearly the first alone.
    expect(sent).toContain('0.999853,0.0099,0.0099,0.0099');
    expect(sent).toContain('embedding');
  });
});

describe('filters, in the form of each engine', () => {
  const filters = { section: ['cli', 'a"b`c\\'], tag: { all: ['x', 'y'] }, status: { none: ['draft'] } };
  const sentBy = async (settings: Record<string, unknown>): Promise<unknown> => {
    answer = { body: {} };
    await ask(settings, 'undo', filters);
    return server.calls[0]!.body;
  };

  it('OpenSearch has them as clauses', async () => {
    const body = await sentBy({ engine: 'opensearch', filters: { section: 'section.keyword' } });
    expect(body).toMatchObject({
      query: {
        bool: {
          filter: [
            { terms: { 'section.keyword': ['cli', 'a"b`c\\'] } },
            { term: { tag: 'x' } },
            { term: { tag: 'y' } },
            { bool: { must_not: [{ terms: { status: ['draft'] } }] } },
          ],
        },
      },
    });
  });

  it('Typesense has them in ticks, without what would end them', async () => {
    const body = (await sentBy({ engine: 'typesense' })) as { searches: { filter_by: string }[] };
    expect(body.searches[0]!.filter_by).toBe(
      'section:=[`cli`,`a"bc`] && tag:=[`x`] && tag:=[`y`] && status:!=[`draft`]',
    );
  });

  it('Typesense is not asked by a key that could be more than a name', async () => {
    answer = { body: typesense.hits };
    const last = (await ask({ engine: 'typesense' }, 'undo', { 'a:=1 || b': 'x' })).at(-1)!;
    expect(last.results).toEqual([]);
    expect(last.missing[0]).toMatchObject({
      part: 'remote',
      reason: expect.stringContaining('The filter "a:=1 || b"') as string,
    });
    expect(server.calls).toEqual([]);
  });

  it('Qdrant has them as conditions', async () => {
    expect(await sentBy({ engine: 'qdrant' })).toMatchObject({
      filter: {
        must: [
          { key: 'section', match: { any: ['cli', 'a"b`c\\'] } },
          { key: 'tag', match: { value: 'x' } },
          { key: 'tag', match: { value: 'y' } },
        ],
        must_not: [{ key: 'status', match: { any: ['draft'] } }],
      },
    });
  });

  it('Meilisearch has them as an expression, with quotes escaped', async () => {
    expect(await sentBy({ engine: 'meilisearch' })).toMatchObject({
      filter:
        '"section" IN ["cli", "a\\"b`c\\\\"] AND "tag" = "x" AND "tag" = "y" AND "status" NOT IN ["draft"]',
    });
  });

  it('an engine without a preset has them as the page wrote them', async () => {
    const body = await sentBy({
      body: { q: '{query}', where: '{filters}' },
      response: { hits: 'hits', url: 'u', text: 't' },
    });
    expect(body).toEqual({
      q: 'undo',
      where: { section: { any: ['cli', 'a"b`c\\'] }, tag: { all: ['x', 'y'] }, status: { none: ['draft'] } },
    });
  });
});
