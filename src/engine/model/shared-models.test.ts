import { describe, expect, it, vi } from 'vitest';
import { EMBEDDER, RERANKER, testManifest } from '../../testing/manifest.js';
import { MemorySource } from '../../testing/memory-source.js';
import { fakeEmbedder, fakeReranker } from '../../testing/small-index.js';
import type { EmbedderEntry } from '../index-file/manifest.js';
import type { Embedder } from './embedder.js';
import type { OnDevice } from './open-model.js';
import { sharedModels } from './shared-models.js';

const manifest = testManifest({});
const source = new MemorySource();

function models(embedder: () => Promise<Embedder>): {
  open: (entry?: EmbedderEntry, onBytes?: (bytes: number) => void) => Promise<Embedder>;
  opened: ReturnType<typeof vi.fn>;
} {
  const opened = vi.fn();
  const shared = sharedModels({
    embedder: async (_entry, _manifest, _source, onBytes) => {
      opened();
      onBytes(7);
      return embedder();
    },
    reranker: async () => fakeReranker(() => 0.5),
  });
  return {
    open: (entry = EMBEDDER, onBytes = () => undefined) => shared.embedder(entry, manifest, source, onBytes),
    opened,
  };
}

describe('models that several indexes name', () => {
  it('are opened once, while they load and after, wherever their files lie', async () => {
    const { open, opened } = models(async () => fakeEmbedder());
    const elsewhere = { ...EMBEDDER, weights: { ...EMBEDDER.weights, path: 'elsewhere' }, unrelated: 0.3 };
    const [one, other] = await Promise.all([open(), open(elsewhere)]);
    expect(other.tokenizer).toBe(one.tokenizer);
    await open();
    expect(opened).toHaveBeenCalledOnce();
  });

  it('are let go of with the last that has them, and opened anew after that', async () => {
    const dispose = vi.fn(async () => undefined);
    const { open, opened } = models(async () => ({ ...fakeEmbedder(), dispose }));
    const [one, other] = await Promise.all([open(), open()]);
    await one.dispose();
    await one.dispose();
    expect(dispose).not.toHaveBeenCalled();
    await other.dispose();
    expect(dispose).toHaveBeenCalledOnce();
    await open();
    expect(opened).toHaveBeenCalledTimes(2);
  });

  it('tell all that have them what they run on, also those that come later', async () => {
    const told: string[] = [];
    let tell: OnDevice = () => undefined;
    const shared = sharedModels({
      embedder: async () => fakeEmbedder(),
      reranker: async (_entry, _manifest, _source, _onBytes, onDevice) => {
        tell = onDevice!;
        return fakeReranker(() => 0.5);
      },
    });
    const open = (name: string): Promise<unknown> =>
      shared.reranker(
        RERANKER,
        manifest,
        source,
        () => undefined,
        ({ lanes }) => told.push(`${name} ${lanes}`),
      );
    await Promise.all([open('a'), open('b')]);
    tell({ kind: 'wasm', lanes: 2, reason: '' });
    await open('c');
    expect(told).toEqual(['a 2', 'b 2', 'c 2']);
  });

  it('are others where their files or settings are', async () => {
    const { open, opened } = models(async () => fakeEmbedder());
    await open();
    await open({ ...EMBEDDER, maxTokens: 17 });
    await open({ ...EMBEDDER, weights: { ...EMBEDDER.weights, sha256: 'f'.repeat(64) } });
    expect(opened).toHaveBeenCalledTimes(3);
  });

  it('are opened from the other index where the first one cannot give them', async () => {
    let tries = 0;
    const { open } = models(async () => {
      if (tries++ === 0) throw new Error('gone');
      return fakeEmbedder();
    });
    const [first, second] = await Promise.allSettled([open(), open()]);
    expect(first.status).toBe('rejected');
    expect(second.status).toBe('fulfilled');
  });
});
