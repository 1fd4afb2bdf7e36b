import { beforeEach, describe, expect, it } from 'vitest';
import { expectDamaged } from '../../testing/damage.js';
import { testManifest } from '../../testing/manifest.js';
import { MemorySource } from '../../testing/memory-source.js';
import type { Manifest } from './manifest.js';
import { type Passage, writePassageFile } from './passage-file.js';
import { PassageStore } from './passage-store.js';

const page = { url: 'a.html', title: 'A' };
const section = { anchor: '', trail: [] };
const passages = Array.from({ length: 7 }, (_, id): Passage => ({ id, page, section, text: `text ${id}` }));

describe('PassageStore', () => {
  let source: MemorySource;
  let shards: Manifest['shards'];
  let store: PassageStore;
  /** Three shards: passages 0 to 2, 3, and 4 to 6. */
  beforeEach(async () => {
    source = new MemorySource();
    shards = [];
    for (const [first, end] of [
      [0, 3],
      [3, 4],
      [4, 7],
    ] as const)
      shards.push({
        ...(await source.add(`part${first}.json`, writePassageFile(passages.slice(first, end)))),
        first,
      });
    store = open();
  });
  const open = (): PassageStore =>
    new PassageStore(source, testManifest({ shards, counts: { pages: 1, sections: 1, passages: 7 } }));

  it('finds every passage by its id', async () => {
    for (const { id, text } of passages) {
      const { passages: found } = await store.get([id]);
      expect(found.get(id)).toMatchObject({ id, text });
    }
  });

  it('reads only the shards that are asked for, each once, even when asked twice at a time', async () => {
    await Promise.all([store.get([6, 0, 1]), store.get([5, 2])]);
    await store.get([0, 4]);
    expect(source.reads.sort()).toEqual(['part0.json', 'part4.json']);
  });

  it('reads nothing for nothing', async () => {
    expect((await store.get([])).passages.size).toBe(0);
    expect(source.reads).toEqual([]);
  });

  it('leaves out what a failing shard has, keeps the others, and says why', async () => {
    source.files.delete('part3.json');
    const { passages: found, failures } = await store.get([2, 3, 4]);
    expect([found.has(2), found.has(3), found.has(4)]).toEqual([true, false, true]);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({
      code: 'missing-file',
      message: expect.stringContaining('part3.json') as string,
    });
  });

  it('tries a failed shard again at the next query, for the network may be back', async () => {
    const bytes = source.files.get('part3.json')!;
    source.files.delete('part3.json');
    await store.get([3]);
    source.files.set('part3.json', bytes);
    const { passages: found, failures } = await store.get([3]);
    expect(found.get(3)?.text).toBe('text 3');
    expect(failures).toEqual([]);
  });

  it('refuses a shard that has another number of passages than the manifest says', async () => {
    shards[1] = { ...(await source.add('part3.json', writePassageFile(passages.slice(3, 5)))), first: 3 };
    const { passages: found, failures } = await open().get([3]);
    expect(found.size).toBe(0);
    expectDamaged(failures[0], 'part3.json');
  });

  it('says so when the manifest names no shards', async () => {
    shards = [];
    const { failures } = await open().get([0]);
    expectDamaged(failures[0], 'manifest.json');
  });
});
