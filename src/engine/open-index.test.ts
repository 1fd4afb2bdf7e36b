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
    damage: (source) => {
      const read = source.read.bind(source);
      source.read = async (path) => {
        const bytes = await read(path);
        if (!path.startsWith('keywords/')) return bytes;
        await new Promise((resolve) => setTimeout(resolve, 20));
        order.push('keywords');
        return bytes;
      };
    },
  });
  await preload(index);
  expect(order).toEqual(['keywords', 'embedder']);
});
