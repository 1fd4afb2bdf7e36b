import { describe, expect, it } from 'vitest';
import { fakeReranker, smallIndex } from '../testing/small-index.js';
import type { SearchIndex } from './open-index.js';
import { search } from './search.js';
import { typingPause } from './typing-pause.js';
import type { SearchUpdate } from './update.js';

const ask = (index: SearchIndex, text: string, signal?: AbortSignal): AsyncGenerator<SearchUpdate, void> =>
  search(index, { text }, (url) => url, signal);

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

  it('reads nothing where the newer query comes in the pause before the second look', async () => {
    const controller = new AbortController();
    let read = 0;
    const reranker = fakeReranker(() => {
      read++;
      return 0.5;
    });
    const { index } = await smallIndex({ reranker: async () => reranker });
    const stages: string[] = [];
    const pause = typingPause(1000);
    const typed = new AbortController();
    await pause(typed.signal);
    typed.abort();
    setTimeout(() => controller.abort(newer), 50);
    const all = async (): Promise<void> => {
      for await (const { stage } of search(
        index,
        { text: 'package' },
        (url) => url,
        controller.signal,
        pause,
      ))
        stages.push(stage);
    };
    await expect(all()).rejects.toBe(newer);
    expect(stages).toEqual(['keyword', 'hybrid']);
    expect(read).toBe(0);
  });
});
