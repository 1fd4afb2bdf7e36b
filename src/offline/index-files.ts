import { type FileEntry, type Manifest } from '../engine/index-file/manifest.js';
import { type ShardFolder, shardFile } from '../engine/index-file/shards.js';

/** Every file that a language's index may ask for, its manifest excepted; models and their runtime where wanted. */
export function indexFiles(manifest: Manifest, models: boolean): FileEntry[] {
  const { keywords, passages, filters, sorts, vectors, synonyms, embedder, reranker, runtime } = manifest;
  const shards = (folder: ShardFolder, list: readonly [unknown, number, string][]): FileEntry[] =>
    list.map(([, bytes, hash]) => shardFile(folder, bytes, hash));
  const ofModels = [embedder, reranker].flatMap((model) =>
    model ? [model.weights, model.tokenizer, model.tokenizerConfig] : [],
  );
  // Rows that are read by ranges are kept whole: there is nobody to ask for parts.
  const withModels = [
    ...(vectors ? [vectors.rows, vectors.codes, vectors.graph] : []),
    ...ofModels,
    ...(runtime ? [runtime.module, runtime.binary] : []),
  ];
  return [
    ...shards('keywords', keywords),
    ...shards('passages', passages),
    ...shards('filters', filters),
    ...shards('sorts', sorts),
    synonyms,
    ...(models ? withModels : []),
  ].filter((entry) => entry !== undefined);
}
