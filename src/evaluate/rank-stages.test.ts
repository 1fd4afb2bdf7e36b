import { describe, expect, it, vi } from 'vitest';
import type { SearchIndex } from '../engine/open-index.js';
import { fakeEmbedder, fakeReranker, smallIndex } from '../testing/small-index.js';
import { pageOf } from './collection.js';
import { documentId } from './document-id.js';
import { type QueryRankings, rankStages, type StageName } from './rank-stages.js';

type IndexOptions = Parameters<typeof smallIndex>[0];

interface Asked {
  candidates?: number;
  last?: StageName;
  nameOf?: (id: string) => string;
}

async function documentsOf(index: SearchIndex): Promise<string[]> {
  const ids = Array.from({ length: index.manifest.counts.passages }, (_, id) => id);
  const { passages } = await index.retriever.passages.get(ids);
  return ids.map((id) => documentId(passages.get(id)!));
}

async function ranked(query: string, asked: Asked = {}, options?: IndexOptions): Promise<QueryRankings> {
  const { candidates = 40, last = 'reranked', nameOf = (id: string) => id } = asked;
  const { index } = await smallIndex(options);
  return rankStages(index, query, (await documentsOf(index)).map(nameOf), { candidates, last });
}

describe('rankStages', () => {
  it('keeps what each stage found, by the names of labels', async () => {
    const reranker = async () => fakeReranker((passage) => (passage.includes('Warning') ? 1 : 0));
    const { stages } = await ranked('undo it', {}, { reranker });
    expect(stages.keyword?.documents).toEqual([]);
    expect(stages.vector?.documents.slice(0, 2)).toEqual([
      'unpublish.html#description',
      'unpublish.html#warning',
    ]);
    expect(stages.hybrid?.documents).toEqual(stages.vector?.documents);
    expect(stages.reranked?.documents[0]).toBe('unpublish.html#warning');
  });

  it('ranks the vector stage by vectors alone, whatever the words or an exact title say', async () => {
    const { stages } = await ranked('npm publish');
    expect(stages.hybrid?.documents[0]).toBe('publish.html#description');
    expect(stages.vector?.documents[0]).toBe('publish.html#files');
    const cache = (await ranked('cache folder')).stages;
    expect(cache.keyword?.documents).toEqual(['cache.html#description']);
    expect(cache.hybrid?.documents[0]).toBe('cache.html#description');
    expect(cache.vector?.documents[0]).toBe('unpublish.html#description');
  });

  it('leaves out of the vector stage what only words found', async () => {
    const damage: NonNullable<IndexOptions>['damage'] = (source) => source.files.delete('keywords.bin');
    const withoutWords = await ranked('cache folder', {}, { damage });
    expect((await ranked('cache folder')).stages.vector?.documents).toEqual(
      withoutWords.stages.vector?.documents,
    );
  });

  it('names each document once, where its best passage stands', async () => {
    const { stages } = await ranked('remove a package', { nameOf: pageOf });
    expect(stages.hybrid?.documents).toEqual([
      'unpublish.html',
      'cache.html',
      'install.html',
      'publish.html',
      'registry.html',
    ]);
  });

  it('keeps the order after each batch that the cross-encoder reads, the last being the stage', async () => {
    const { stages, depths } = await ranked('package', { candidates: 6 });
    expect(depths.map(({ read }) => read)).toEqual([4, 6]);
    expect(depths.at(-1)?.documents).toEqual(stages.reranked?.documents);
  });

  it('lets the cross-encoder read as many passages as asked for', async () => {
    const read = vi.fn(() => 0.5);
    await ranked('package', { candidates: 3 }, { reranker: async () => fakeReranker(read) });
    expect(read).toHaveBeenCalledTimes(3);
  });

  it('runs no model after the last stage', async () => {
    const embedder = vi.fn(async () => fakeEmbedder());
    const reranker = vi.fn(async () => fakeReranker(() => 1));
    const keyword = await ranked('package', { last: 'keyword' }, { embedder, reranker });
    expect(Object.keys(keyword.stages)).toEqual(['keyword']);
    expect(embedder).not.toHaveBeenCalled();
    const hybrid = await ranked('package', { last: 'hybrid' }, { embedder, reranker });
    expect(Object.keys(hybrid.stages).sort()).toEqual(['hybrid', 'keyword', 'vector']);
    expect(hybrid.depths).toEqual([]);
    expect(reranker).not.toHaveBeenCalled();
  });

  it('adds up: a stage takes at least as long as those that it rests on', async () => {
    const { stages, depths } = await ranked('remove a package');
    const { keyword, vector, hybrid, reranked } = stages;
    expect(hybrid?.ms).toBeCloseTo(keyword!.ms + vector!.ms, 6);
    expect(reranked?.ms).toBe(depths.at(-1)?.ms);
    const times = [keyword!.ms, hybrid!.ms, ...depths.map(({ ms }) => ms)];
    expect(times).toEqual([...times].sort((left, right) => left - right));
  });

  it('finds nothing for an empty query', async () => {
    const { stages, depths } = await ranked('  ');
    expect(stages).toMatchObject({ keyword: { documents: [] } });
    expect(Object.keys(stages)).toEqual(['keyword']);
    expect(depths).toEqual([]);
  });
});
