import { expect, test } from 'vitest';
import { fakeEmbedder, smallIndex } from '../testing/small-index.js';
import { preload } from './open-index.js';

test('models begin to load when the keywords are there: the first rows have the line to themselves', async () => {
  const order: string[] = [];
  const { index } = await smallIndex({
    embedder: async () => {
      order.push('embedder');
      return fakeEmbedder();
    },
  });
  void index.keywords.open().then(() => order.push('keywords'));
  await preload(index);
  expect(order).toEqual(['keywords', 'embedder']);
});
