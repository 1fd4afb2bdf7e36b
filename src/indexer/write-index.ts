import { INDEX_FORMAT, MANIFEST, type Manifest } from '../engine/index-file/manifest.js';
import { type Passage, writePassageFile } from '../engine/index-file/passage-file.js';
import { buildKeywords, fieldsOf } from '../engine/keyword/build-keywords.js';
import { quantise, writeVectorFile } from '../engine/vector/vector-file.js';
import { copyBrowserFiles, copyRuntime } from './copy-browser-files.js';
import type { IndexFolder } from './index-folder.js';
import { VERSION } from './package-root.js';
import { copyModel, type PreparedEmbedder, type PreparedReranker } from './prepare-models.js';

/** All that an index is made of. */
export interface IndexContents {
  language: string;
  siteUrl: string;
  pages: number;
  passages: readonly Passage[];
  /** One for each passage; absent without an embedder. */
  vectors: readonly Float32Array[] | undefined;
  embedder: PreparedEmbedder | undefined;
  reranker: PreparedReranker | undefined;
  /** Whether to add the script. */
  script: boolean;
}

/** About this many bytes of text go into one passage file: small enough to fetch for a single result. */
const SHARD_BYTES = 64 * 1024;

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
    keywords: await index.add('keywords.bin', buildKeywords(passages.map(fieldsOf))),
    ...(vectors && { vectors: await index.add('vectors.bin', writeVectorFile(quantise(vectors))) }),
    shards: await writeShards(index, passages),
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

async function writeShards(index: IndexFolder, passages: readonly Passage[]): Promise<Manifest['shards']> {
  const shards: Manifest['shards'] = [];
  for (const shard of cutShards(passages)) {
    const file = await index.add('passages/part.json', writePassageFile(shard));
    shards.push({ first: shard[0]?.id ?? 0, ...file });
  }
  return shards;
}

function* cutShards(passages: readonly Passage[]): Generator<Passage[]> {
  let shard: Passage[] = [];
  let bytes = 0;
  for (const passage of passages) {
    shard.push(passage);
    bytes += passage.text.length;
    if (bytes < SHARD_BYTES) continue;
    yield shard;
    shard = [];
    bytes = 0;
  }
  if (shard.length > 0) yield shard;
}
