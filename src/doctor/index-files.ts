import { type FileEntry } from '../engine/index-file/file-entry.js';
import type { Manifest, ModelEntry } from '../engine/index-file/manifest.js';
import { shardFile, type ShardFolder } from '../engine/index-file/shards.js';

/** Every file that a manifest names. */
export function filesOf(manifest: Manifest): FileEntry[] {
  const { vectors, synonyms, runtime, embedder, reranker } = manifest;
  const shards = (folder: ShardFolder): FileEntry[] =>
    manifest[folder].map(([, bytes, hash]) => shardFile(folder, bytes, hash));
  const model = (entry: ModelEntry | undefined): (FileEntry | undefined)[] => [
    entry?.weights,
    entry?.tokenizer,
    entry?.tokenizerConfig,
  ];
  return [
    ...(['keywords', 'passages', 'filters', 'sorts'] as const).flatMap(shards),
    ...[vectors?.rows, vectors?.codes, vectors?.graph, synonyms, runtime?.module, runtime?.binary],
    ...[...model(embedder), ...model(reranker)],
  ].filter((file) => file !== undefined);
}
