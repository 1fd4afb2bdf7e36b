import { gzipSync } from 'node:zlib';
import { SHARD_HASH_DIGITS, shardFile, type ShardFolder } from '../engine/index-file/shards.js';
import { sha256 } from '../engine/index-file/source.js';
import type { IndexFolder } from './index-folder.js';

/** Packs a shard into a file, and returns its length and hash. */
export async function addShard(
  index: Pick<IndexFolder, 'addAs'>,
  folder: ShardFolder,
  contents: Uint8Array,
): Promise<[bytes: number, hash: string]> {
  const packed = Uint8Array.from(gzipSync(contents, { level: 9 }));
  const hash = ((await sha256(packed)) ?? '').slice(0, SHARD_HASH_DIGITS);
  await index.addAs(shardFile(folder, packed.length, hash).path, packed);
  return [packed.length, hash];
}
