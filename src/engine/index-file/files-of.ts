import type { FileEntry, Manifest } from './manifest.js';
import { shardFile, type ShardFolder } from './shards.js';

/**
 * Every file that a manifest names, in the order of its keys.
 * @param models whether those are meant too that are only of use with models
 */
export function filesOf(manifest: Manifest, { models }: { models: boolean } = { models: true }): FileEntry[] {
  const { vectors, synonyms, runtime, embedder, reranker } = manifest;
  const shards = (folder: ShardFolder): FileEntry[] =>
    manifest[folder].map(([, bytes, hash]) => shardFile(folder, bytes, hash));
  const ofModels = [
    ...[vectors?.rows, vectors?.codes, vectors?.graph],
    ...[embedder, reranker].flatMap((model) => [model?.weights, model?.tokenizer, model?.tokenizerConfig]),
    ...[runtime?.module, runtime?.binary],
  ];
  return [
    ...(['keywords', 'passages', 'filters', 'sorts'] as const).flatMap(shards),
    synonyms,
    ...(models ? ofModels : []),
  ].filter((file) => file !== undefined);
}
