import { expect, test } from 'vitest';
import { fakeReranker, smallIndex } from '../../testing/small-index.js';
import { poolFor } from './pool.js';
import { readSections } from './site-sections.js';

async function poolOf(
  text: string,
  { relevant = [], ...options }: { relevant?: string[] } & Parameters<typeof smallIndex>[0] = {},
): Promise<Awaited<ReturnType<typeof poolFor>>> {
  const { index } = await smallIndex(options);
  return poolFor(index, await readSections(index), { text, relevant });
}

test('shows what the keywords, the vectors and the second look found, each once', async () => {
  const { sections, missing } = await poolOf('undo a publish');
  const ids = sections.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain('publish.html#files');
  expect(ids).toContain('unpublish.html#description');
  expect(missing).toEqual([]);
  expect(sections.find(({ id }) => id === 'unpublish.html#description')).toEqual({
    id: 'unpublish.html#description',
    title: 'npm-unpublish',
    trail: ['Description'],
    text: 'Remove a package from the registry.',
  });
});

test('the same query gives the same order', async () => {
  expect(await poolOf('clean the cache folder')).toEqual(await poolOf('clean the cache folder'));
});

test('documents labelled before come first, whether found, a whole page, or gone', async () => {
  const relevant = ['registry.html#where-it-is', 'cache.html', 'gone.html#x', 'cache.html#description'];
  const { sections } = await poolOf('install', { relevant });
  expect(sections.slice(0, 4).map(({ id }) => id)).toEqual(relevant);
  expect(sections[1]).toMatchObject({ title: 'npm-cache', label: 'page' });
  expect(sections[2]).toMatchObject({ title: 'gone.html#x', label: 'unknown' });
  expect(sections.filter(({ id }) => id === 'cache.html#description')).toHaveLength(1);
});

test('says who could not look', async () => {
  const { missing, sections } = await poolOf('publish', {
    embedder: () => Promise.reject(new Error('The embedder is broken.')),
    reranker: async () => fakeReranker(() => 0.5),
  });
  expect(missing).toEqual(['The embedder is broken.']);
  expect(sections.length).toBeGreaterThan(0);
});
