import { gzipSync } from 'node:zlib';
import { INDEX_FORMAT, MANIFEST, type Manifest } from '../engine/index-file/manifest.js';
import { type Page, type Passage, writePassageFile } from '../engine/index-file/passage-file.js';
import { SHARD_HASH_DIGITS, shardFile } from '../engine/index-file/shards.js';
import { sha256 } from '../engine/index-file/source.js';
import { buildKeywords, fieldsOf } from '../engine/keyword/build-keywords.js';
import { copyBrowserFiles, copyRuntime } from './copy-browser-files.js';
import type { IndexFolder } from './index-folder.js';
import { VERSION } from './package-root.js';
import { copyModel, type PreparedEmbedder, type PreparedReranker } from './prepare-models.js';
import type { VectorMode } from '../engine/vector/vector-entry.js';
import { type HnswOptions, writeVectors } from './write-vectors.js';

/** All that an index is made of. */
export interface IndexContents {
  language: string;
  siteUrl: string;
  pages: number;
  passages: readonly Passage[];
  /** One for each passage; absent without an embedder. */
  vectors: readonly Float32Array[] | undefined;
  /** How they are to be searched. */
  vectorMode: VectorMode;
  hnsw: HnswOptions;
  embedder: PreparedEmbedder | undefined;
  reranker: PreparedReranker | undefined;
  /** Whether to add the script. */
  script: boolean;
}

/** About this much text goes into one passage file: little to fetch for a single result. */
const SHARD_LENGTH = 16 * 1024;
/** Where there would be more files, each holds more. */
const MOST_SHARDS = 1000;

/** Writes every file of an index, the manifest last, and returns what the manifest says. */
export async function writeIndex(index: IndexFolder, contents: IndexContents): Promise<Manifest> {
  const { passages, vectors, embedder, reranker } = contents;
  const manifest: Manifest = {
    format: INDEX_FORMAT,
    generator: `second-look ${VERSION}`,
    language: contents.language,
    site: contents.siteUrl,
    counts: {
      pages: contents.pages,
      sections: new Set(passages.map(({ section }) => section)).size,
      passages: passages.length,
    },
    pages: passagesPerPage(passages),
    keywords: await writeKeywords(index, passages),
    ...(vectors && { vectors: await writeVectors(index, vectors, contents.vectorMode, contents.hnsw) }),
    passages: await writePassages(index, passages),
    ...(embedder && {
      embedder: { ...(await copyModel(index, 'embedder', embedder.model)), ...embedder.entry },
    }),
    ...(reranker && {
      reranker: { ...(await copyModel(index, 'reranker', reranker.model)), ...reranker.entry },
    }),
    ...((embedder ?? reranker) && { runtime: await copyRuntime(index) }),
  };
  if (contents.script) await copyBrowserFiles(index);
  await index.addAs(MANIFEST, new TextEncoder().encode(JSON.stringify(manifest, null, 1)));
  return manifest;
}

function passagesPerPage(passages: readonly Passage[]): number[] {
  const counts = new Map<Page, number>();
  for (const { page } of passages) counts.set(page, (counts.get(page) ?? 0) + 1);
  return [...counts.values()];
}

async function writeKeywords(
  index: IndexFolder,
  passages: readonly Passage[],
): Promise<Manifest['keywords']> {
  const shards: Manifest['keywords'] = [];
  for (const { first, bytes } of buildKeywords(passages.map(fieldsOf)))
    shards.push([first, ...(await addShard(index, 'keywords', bytes))]);
  return shards;
}

async function writePassages(
  index: IndexFolder,
  passages: readonly Passage[],
): Promise<Manifest['passages']> {
  const shards: Manifest['passages'] = [];
  for (const shard of cutShards(passages))
    shards.push([shard.length, ...(await addShard(index, 'passages', writePassageFile(shard)))]);
  return shards;
}

/** Packs a shard into a file, and returns its length and hash. */
async function addShard(
  index: IndexFolder,
  folder: 'keywords' | 'passages',
  contents: Uint8Array,
): Promise<[bytes: number, hash: string]> {
  const packed = Uint8Array.from(gzipSync(contents, { level: 9 }));
  const hash = ((await sha256(packed)) ?? '').slice(0, SHARD_HASH_DIGITS);
  await index.addAs(shardFile(folder, packed.length, hash).path, packed);
  return [packed.length, hash];
}

function* cutShards(passages: readonly Passage[]): Generator<Passage[]> {
  const all = passages.reduce((sum, { text }) => sum + text.length, 0);
  const most = Math.max(SHARD_LENGTH, all / MOST_SHARDS);
  let shard: Passage[] = [];
  let length = 0;
  for (const passage of passages) {
    shard.push(passage);
    length += passage.text.length;
    if (length < most) continue;
    yield shard;
    shard = [];
    length = 0;
  }
  if (shard.length > 0) yield shard;
}
