import type { Manifest } from '../engine/index-file/manifest.js';
import { type ChosenVectors, chooseVectors } from './choose-vectors.js';
import { embedPassages } from './embed-passages.js';
import { IndexFolder } from './index-folder.js';
import type { Plan } from './index-options.js';
import { passagesOf } from './passages-of.js';
import { type PreparedEmbedder, prepareEmbedder, prepareReranker } from './prepare-models.js';
import type { SitePage } from './read-site.js';
import { VectorCache } from './vector-cache.js';
import { type IndexContents, writeIndex } from './write-index.js';

/** What an index was made with, and its bytes on disk. */
export interface IndexedPages {
  manifest: Manifest;
  bytes: number;
  /** The embedder ran natively, not in WebAssembly; undefined without one. */
  native: boolean | undefined;
  /** Passages whose vectors an earlier run had made. */
  unchanged: number;
  /** Why vectors could not be kept for the next run, where they could not. */
  cacheFailure: string | undefined;
  /** How vectors are searched; undefined without an embedder. */
  vectors: ChosenVectors | undefined;
}

/** Cuts pages into passages, embeds those, and publishes an index folder of them. */
export async function indexPages(
  pages: readonly Pick<SitePage, 'url' | 'title' | 'sections'>[],
  language: string,
  plan: Omit<Plan, 'site' | 'exclude' | 'language' | 'maxPageBytes'>,
): Promise<IndexedPages> {
  const embedder = await ifNamed(plan.embedder, (name) => prepareEmbedder(name, plan.onDownload));
  const reranker = await ifNamed(plan.reranker, (name) =>
    prepareReranker(name, plan.rerankWeight, plan.onDownload),
  );
  const passages = passagesOf(pages, {
    language,
    ...passageLength(plan, embedder),
    onProgress: (done, total) => plan.onProgress('cut', done, total),
  });
  const cache = embedder && plan.cache !== false ? await VectorCache.open(plan.cache, embedder) : undefined;
  const vectors =
    embedder &&
    (await embedPassages(passages, embedder, (done, total) => plan.onProgress('embed', done, total), cache));
  cache?.close();
  await embedder?.dispose();

  const chosen = chooseVectors(plan.vectors, passages.length, embedder?.entry.dimensions ?? 0);
  const { siteUrl, script } = plan;
  const contents = {
    ...{ language, siteUrl, pages: pages.length, passages, vectors, embedder, reranker, script },
    vectorMode: chosen.mode,
    hnsw: { ...plan.hnsw, onProgress: (done: number, total: number) => plan.onProgress('link', done, total) },
  };
  return {
    ...(await publishIndex(plan.out, contents)),
    native: embedder?.native,
    unchanged: cache?.used ?? 0,
    cacheFailure: cache?.failure,
    vectors: embedder && chosen,
  };
}

async function publishIndex(
  out: string,
  contents: IndexContents,
): Promise<{ manifest: Manifest; bytes: number }> {
  const index = await IndexFolder.begin(out);
  try {
    const manifest = await writeIndex(index, contents);
    await index.publish();
    return { manifest, bytes: index.bytes };
  } catch (error) {
    await index.abandon();
    throw error;
  }
}

async function ifNamed<T>(name: string, prepare: (name: string) => Promise<T>): Promise<T | undefined> {
  return name === 'none' ? undefined : prepare(name);
}

/** How long passages may be, and how that is counted: without an embedder, by words and marks, about as a model would. */
function passageLength(
  { passageTokens }: Pick<Plan, 'passageTokens'>,
  prepared: PreparedEmbedder | undefined,
): { maxTokens: number; count: (text: string) => number } {
  if (!prepared)
    return {
      maxTokens: passageTokens,
      count: (text) => text.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)?.length ?? 0,
    };
  const { tokenizer } = prepared.embedder;
  return {
    maxTokens: Math.min(passageTokens, prepared.entry.maxTokens) - tokenizer.overhead.single,
    count: tokenizer.count,
  };
}
