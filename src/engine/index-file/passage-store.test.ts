import { beforeEach, describe, expect, it } from 'vitest';
import { expectDamaged } from '../../testing/damage.js';
import { MemorySource } from '../../testing/memory-source.js';
import type { Manifest } from './manifest.js';
import { type Passage, writePassageFile } from './passage-file.js';
import { PassageStore } from './passage-store.js';

const page = { url: 'a.html', title: 'A' };
const section = { anchor: '', trail: [] };
const passages = Array.from({ length: 7 }, (_, id): Passage => ({ id, page, section, text: `text ${id}` }));

describe('PassageStore', () => {
  let source: MemorySource;
  let shards: Manifest['passages'];
  let store: PassageStore;
  const path = (shard: number): string => `passages/${shards[shard]![2]}.bin`;
  /** Three shards: passages 0 to 2, 3, and 4 to 6. */
  beforeEach(async () => {
    source = new MemorySource();
    shards = [];
    for (const [first, end] of [
      [0, 3],
      [3, 4],
      [4, 7],
    ] as const)
      shards.push([
        end - first,
        ...(await source.addShard('passages', writePassageFile(passages.slice(first, end)))),
      ]);
    store = open();
  });
  const open = (): PassageStore => new PassageStore(source, { passages: shards, pages: [2, 1, 4] });

  it('knows the page of every passage', () => {
    expect(passages.map(({ id }) => store.pageOf(id))).toEqual([0, 0, 1, 2, 2, 2, 2]);
  });

  it('finds every passage by its id', async () => {
    for (const { id, text } of passages) {
      const { passages: found } = await store.get([id]);
      expect(found.get(id)).toMatchObject({ id, text });
    }
  });

  it('reads only the shards that are asked for, each once, even when asked twice at a time', async () => {
    await Promise.all([store.get([6, 0, 1]), store.get([5, 2])]);
    await store.get([0, 4]);
    expect(source.reads.sort()).toEqual([path(0), path(2)].sort());
  });

  it('reads nothing for nothing', async () => {
    expect((await store.get([])).passages.size).toBe(0);
    expect(source.reads).toEqual([]);
  });

  it('leaves out what a failing shard has, keeps the others, and says why', async () => {
    source.files.delete(path(1));
    const { passages: found, failures } = await store.get([2, 3, 4]);
    expect([found.has(2), found.has(3), found.has(4)]).toEqual([true, false, true]);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({
      code: 'missing-file',
      message: expect.stringContaining(path(1)) as string,
    });
  });

  it('tries a failed shard again at the next query, for the network may be back', async () => {
    const bytes = source.files.get(path(1))!;
    source.files.delete(path(1));
    await store.get([3]);
    source.files.set(path(1), bytes);
    const { passages: found, failures } = await store.get([3]);
    expect(found.get(3)?.text).toBe('text 3');
    expect(failures).toEqual([]);
  });

  it('refuses a shard that has another number of passages than the manifest says', async () => {
    shards[1] = [1, ...(await source.addShard('passages', writePassageFile(passages.slice(3, 5))))];
    const { passages: found, failures } = await open().get([3]);
    expect(found.size).toBe(0);
    expectDamaged(failures[0], path(1));
  });

  it('says so when the manifest names no shards', async () => {
    shards = [];
    const { failures } = await open().get([0]);
    expectDamaged(failures[0], 'manifest.json');
  });
});
