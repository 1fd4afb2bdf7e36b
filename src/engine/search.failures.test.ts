import { describe, expect, it } from 'vitest';
import { fakeEmbedder, fakeReranker, smallIndex } from '../testing/small-index.js';
import type { SearchIndex } from './open-index.js';
import { search } from './search.js';
import type { ModelStatus, SearchUpdate } from './update.js';

type Options = NonNullable<Parameters<typeof smallIndex>[0]>;

const ask = (index: SearchIndex, text: string, signal?: AbortSignal): AsyncGenerator<SearchUpdate, void> =>
  search(index, { text }, (url) => url, signal);

async function last(text: string, options: Options): Promise<SearchUpdate & { stages: string[] }> {
  const { index } = await smallIndex(options);
  const updates: SearchUpdate[] = [];
  for await (const update of ask(index, text)) updates.push(update);
  return { ...updates.at(-1)!, stages: updates.map(({ stage }) => stage) };
}
const urls = ({ results }: SearchUpdate): string[] => results.map(({ url }) => url);
const broken = (reason: string) => (): Promise<never> => Promise.reject(new Error(reason));

describe('search with a part missing', () => {
  it.each<[string, Options]>([
    ['cannot be loaded', { embedder: broken('No network.') }],
    [
      'fails at its work',
      { embedder: async () => ({ ...fakeEmbedder(), embedQuery: broken('No network.') }) },
    ],
  ])('answers by words when the embedder %s, and says so', async (_, options) => {
    const update = await last('publish a package', options);
    expect(update.stages).not.toContain('hybrid');
    expect(update.stages).toContain('reranking');
    expect(urls(update)[0]).toBe('publish.html');
    expect(update.missing).toEqual([{ part: 'vector', reason: 'No network.' }]);
  });

  it('answers by words when the vectors are damaged', async () => {
    const update = await last('publish', {
      damage: (source) => source.files.set('vectors.bin', new Uint8Array(3)),
    });
    expect(urls(update)).toContain('publish.html');
    expect(update.missing).toMatchObject([
      { part: 'vector', reason: expect.stringContaining('vectors.bin') as string },
    ]);
  });

  it('answers by meaning when the keywords are missing', async () => {
    const update = await last('undo', { damage: (source) => source.files.delete('keywords.bin') });
    expect(urls(update)[0]).toBe('unpublish.html');
    expect(update.missing).toMatchObject([{ part: 'keyword' }]);
  });

  it('keeps the order of the first stage when the reranker cannot be loaded', async () => {
    const update = await last('publish', { reranker: broken('Too little memory.') });
    expect(update.stages).toEqual(['keyword', 'hybrid', 'done']);
    expect(update.missing).toEqual([{ part: 'rerank', reason: 'Too little memory.' }]);
  });

  it('keeps what was read when the reranker fails in the middle', async () => {
    let read = 0;
    const reranker = fakeReranker(() => {
      if (++read > 4) throw new Error('Out of memory.');
      return 0.9;
    });
    const update = await last('package', { reranker: async () => reranker });
    expect(update.stages).toEqual(['keyword', 'hybrid', 'reranking', 'done']);
    expect(update.progress?.read).toBe(4);
    expect(update.missing).toEqual([{ part: 'rerank', reason: 'Out of memory.' }]);
    const whys = update.results.flatMap(({ sections }) => sections.map(({ why }) => why.rerank));
    expect(whys.filter((probability) => probability !== undefined)).toEqual([0.9, 0.9, 0.9, 0.9]);
  });

  it('answers by words alone, from the first update on with the reason, when models are switched off', async () => {
    const { index } = await smallIndex({ models: { unavailable: 'Models are switched off.' } });
    for await (const update of ask(index, 'publish')) {
      expect(urls(update)).toContain('publish.html');
      expect(update.missing).toEqual([
        { part: 'vector', reason: 'Models are switched off.' },
        { part: 'rerank', reason: 'Models are switched off.' },
      ]);
    }
  });

  it('says what it could not show when the passages are missing', async () => {
    const update = await last('publish', { damage: (source) => source.files.delete('part.json') });
    expect(update.results).toEqual([]);
    expect(update.missing).toMatchObject([
      { part: 'passages', reason: expect.stringContaining('part.json') as string },
    ]);
  });

  it('tells how its models load, and why one fails', async () => {
    const statuses: ModelStatus[] = [];
    await last('publish', {
      reranker: broken('Too little memory.'),
      onStatus: (status) => void statuses.push(status),
    });
    expect(statuses.map(({ model, state, reason }) => [model, state, reason])).toEqual([
      ['embedder', 'loading', undefined],
      ['embedder', 'ready', undefined],
      ['reranker', 'loading', undefined],
      ['reranker', 'failed', 'Too little memory.'],
    ]);
  });
});

describe('an aborted search', () => {
  const newer = new Error('a newer query');

  it('throws the reason before its first update', async () => {
    const { index } = await smallIndex();
    await expect(ask(index, 'publish', AbortSignal.abort(newer)).next()).rejects.toBe(newer);
  });

  it.each(['keyword', 'hybrid', 'reranking'])(
    'throws the reason after "%s", and gives nothing more',
    async (stage) => {
      const { index } = await smallIndex();
      const controller = new AbortController();
      const updates = ask(index, 'package', controller.signal);
      const seen: string[] = [];
      const read = async (): Promise<void> => {
        for await (const update of updates) {
          seen.push(update.stage);
          if (update.stage === stage) controller.abort(newer);
        }
      };
      await expect(read()).rejects.toBe(newer);
      expect(seen.at(-1)).toBe(stage);
      expect(seen.filter((name) => name === stage)).toHaveLength(1);
      expect(await updates.next()).toEqual({ done: true, value: undefined });
    },
  );

  it('stops in the middle of a batch, and leaves the reranker fit for the next query', async () => {
    const controller = new AbortController();
    let read = 0;
    const reranker = fakeReranker(() => {
      if (++read === 2) controller.abort(newer);
      return 0.5;
    });
    const { index } = await smallIndex({ reranker: async () => reranker });
    const stages: string[] = [];
    const all = async (signal?: AbortSignal): Promise<void> => {
      for await (const { stage } of ask(index, 'package', signal)) stages.push(stage);
    };
    await expect(all(controller.signal)).rejects.toBe(newer);
    expect(read).toBe(2);
    expect(stages).toEqual(['keyword', 'hybrid']);
    await all();
    expect(stages.slice(2)).toContain('reranking');
    expect(index.reranker.failure).toBeUndefined();
  });
});
