import type { Embedder } from '../engine/model/embedder.js';
import { MANIFEST } from '../engine/index-file/manifest-name.js';
import { openIndex, type OpenIndexOptions, type SearchIndex } from '../engine/open-index.js';
import type { CrossEncoder } from '../engine/rerank/cross-encoder.js';
import { EMBEDDER, RERANKER, testManifest } from './manifest.js';
import { MemorySource } from './memory-source.js';
import { fakeEmbedder, fakeReranker } from './small-index.js';

/** An index without pages, whose first look a search engine takes, read through `openIndex`. */
export async function remoteIndex(
  settings: Record<string, unknown>,
  {
    embedder = async () => fakeEmbedder(),
    reranker = async () => fakeReranker(() => 0.5),
    fetch,
    models = { embedder, reranker },
  }: {
    embedder?: () => Promise<Embedder>;
    reranker?: () => Promise<CrossEncoder>;
    fetch?: OpenIndexOptions['fetch'];
    models?: OpenIndexOptions['models'];
  } = {},
): Promise<SearchIndex> {
  const source = new MemorySource();
  const manifest = testManifest({
    site: 'https://docs.test/',
    counts: { pages: 0, sections: 0, passages: 0 },
    ...{ pages: [], keywords: [], passages: [] },
    embedder: EMBEDDER,
    reranker: RERANKER,
    remote: settings,
  });
  await source.add(MANIFEST, JSON.stringify(manifest));
  return openIndex({ source, models, ...(fetch && { fetch }) });
}
