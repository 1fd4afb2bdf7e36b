import { describe, expect, it, vi } from 'vitest';
import { EMBEDDER, testManifest } from '../../testing/manifest.js';
import { MemorySource } from '../../testing/memory-source.js';
import { fakeEmbedder, fakeReranker } from '../../testing/small-index.js';
import type { EmbedderEntry } from '../index-file/manifest.js';
import type { Embedder } from './embedder.js';
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
    expect(other).toBe(one);
    expect(await open()).toBe(one);
    expect(opened).toHaveBeenCalledOnce();
  });

  it('are others where their files or settings are', async () => {
    const { open } = models(async () => fakeEmbedder());
    const one = await open();
    expect(await open({ ...EMBEDDER, maxTokens: 17 })).not.toBe(one);
    expect(await open({ ...EMBEDDER, weights: { ...EMBEDDER.weights, sha256: 'f'.repeat(64) } })).not.toBe(
      one,
    );
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
