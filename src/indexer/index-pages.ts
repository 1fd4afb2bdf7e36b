import type { Manifest } from '../engine/index-file/manifest.js';
import { embedPassages } from './embed-passages.js';
import type { Plan } from './index-options.js';
import { type PageToCut, passagesOf } from './passages-of.js';
import { type PreparedEmbedder, prepareEmbedder, prepareReranker } from './prepare-models.js';
import { publishIndex } from './publish-index.js';
import { VectorCache } from './vector-cache.js';
import { writeIndex } from './write-index.js';

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
}

/** Cuts pages into passages, embeds those, and publishes an index folder of them. */
export async function indexPages(
  pages: readonly PageToCut[],
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

  const { siteUrl, script } = plan;
  const contents = { language, siteUrl, pages: pages.length, passages, vectors, embedder, reranker, script };
  return {
    ...(await publishIndex(plan.out, (index) => writeIndex(index, contents))),
    native: embedder?.native,
    unchanged: cache?.used ?? 0,
    cacheFailure: cache?.failure,
  };
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
