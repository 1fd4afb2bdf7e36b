import { join } from 'node:path';
import type { Manifest } from '../engine/index-file/manifest.js';
import type { IndexedPassage } from '../engine/index-file/passage-file.js';
import { type ChosenVectors, chooseVectors } from './choose-vectors.js';
import { embedPassages } from './embed-passages.js';
import type { LanguageGroup } from './group-by-language.js';
import type { Plan } from './index-options.js';
import { forLanguage } from './model-languages.js';
import { type PageToCut, passagesOf } from './passages-of.js';
import { prepareIfOfUse } from './prepare-if-of-use.js';
import {
  type PreparedEmbedder,
  type PreparedReranker,
  prepareEmbedder,
  prepareReranker,
} from './prepare-models.js';
import { publishIndex } from './publish-index.js';
import { readSynonymsFile } from './read-synonyms.js';
import { stopwatch } from './stopwatch.js';
import { unrelatedCosine } from './unrelated-cosine.js';
import { VectorCache } from './vector-cache.js';
import { weightsCache } from './weights-cache.js';
import { type IndexContents, writeIndex } from './write-index.js';

/** What an index was made with, and its bytes on disk. */
export interface IndexedPages {
  /** One for each language, the main one's first. */
  manifests: Manifest[];
  bytes: number;
  /** The embedder ran natively, not in WebAssembly; undefined without one. */
  native: boolean | undefined;
  /** Passages whose vectors an earlier run had made. */
  unchanged: number;
  /** Why vectors could not be kept for the next run, where they could not. */
  cacheFailure: string | undefined;
  /** Models that visitors run with ONNX Runtime, and why our own kernels do not. */
  onnx: { model: string; reason: string }[];
  /** How vectors are searched, for each language; undefined without an embedder. */
  vectors: (ChosenVectors | undefined)[];
  /** Seconds of each step. */
  steps: { cut: number; embed: number; write: number };
}

type PagesPlan = Omit<Plan, 'input' | 'exclude' | 'selectors' | 'language' | 'maxPageBytes'>;

/**
 * Cuts the pages of each language into passages, embeds those, and publishes an index folder of them: all languages at
 * once, or none. A language gets the models that read it.
 */
export async function indexPages(
  groups: readonly LanguageGroup<PageToCut>[],
  plan: PagesPlan,
): Promise<IndexedPages> {
  const languages = groups.map(({ language }) => language);
  const synonyms = plan.synonyms === undefined ? [] : await readSynonymsFile(plan.synonyms);
  const preparing = {
    onDownload: plan.onDownload,
    ...(plan.cache !== false && { cache: weightsCache(join(plan.cache, 'weights')) }),
  };
  const embedder = await prepareIfOfUse(plan.embedder, languages, (name) => prepareEmbedder(name, preparing));
  const reranker = await prepareIfOfUse(plan.reranker, languages, (name) =>
    prepareReranker(name, plan.rerankWeight, preparing),
  );
  // They pack in threads of their own meanwhile; whoever writes them hears of what goes wrong.
  for (const model of [embedder, reranker]) model?.weights().catch(() => undefined);
  const lap = stopwatch();
  const passagesOfGroups = cutGroups(groups, plan, embedder);
  const cut = lap();
  const cache = embedder && plan.cache !== false ? await VectorCache.open(plan.cache, embedder) : undefined;
  const unrelated = embedder ? await unrelatedCosine(embedder.embedder) : 0;
  const indexes: IndexContents[] = [];
  const modes: IndexedPages['vectors'] = [];
  for (const { language, pages, passages } of passagesOfGroups) {
    const reading = forLanguage(embedder, language);
    const vectors =
      reading &&
      (await embedPassages(passages, reading, (done, total) => plan.onProgress('embed', done, total), cache));
    const chosen = chooseVectors(plan.vectors, passages.length, reading?.entry.dimensions ?? 0);
    modes.push(reading && chosen);
    indexes.push({
      ...{ language, languages, pages, passages, vectors, synonyms, unrelated },
      ...{ siteUrl: plan.siteUrl, script: plan.script, vectorMode: chosen.mode },
      hnsw: { ...plan.hnsw, onProgress: (done, total) => plan.onProgress('link', done, total) },
      embedder: reading,
      reranker: forLanguage(reranker, language),
    });
  }
  cache?.close();
  await embedder?.dispose();
  const embed = lap();
  const { written: manifests, bytes } = await publishIndex(plan.out, async (folder) => {
    const written: Manifest[] = [];
    for (const contents of indexes) written.push(await writeIndex(folder, contents));
    return written;
  });
  return {
    manifests,
    bytes,
    native: embedder?.runner === undefined ? undefined : embedder.runner === 'native',
    unchanged: cache?.used ?? 0,
    cacheFailure: cache?.failure,
    vectors: modes,
    onnx: await onOnnxRuntime([embedder, reranker]),
    steps: { cut, embed, write: lap() },
  };
}

async function onOnnxRuntime(
  models: readonly (Pick<PreparedReranker, 'model' | 'weights'> | undefined)[],
): Promise<IndexedPages['onnx']> {
  const onnx: IndexedPages['onnx'] = [];
  for (const { model, weights } of models.filter((prepared) => prepared !== undefined)) {
    const { reason } = await weights();
    if (reason !== undefined) onnx.push({ model: model.name, reason });
  }
  return onnx;
}

function cutGroups(
  groups: readonly LanguageGroup<PageToCut>[],
  plan: PagesPlan,
  embedder: PreparedEmbedder | undefined,
): { language: string; pages: number; passages: IndexedPassage[] }[] {
  const total = groups.reduce((sum, { pages }) => sum + pages.length, 0);
  let before = 0;
  return groups.map(({ language, pages }) => {
    const passages = passagesOf(pages, {
      language,
      ...passageLength(plan, forLanguage(embedder, language)),
      onProgress: (done) => plan.onProgress('cut', before + done, total),
    });
    before += pages.length;
    return { language, pages: pages.length, passages };
  });
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
