import { gzipSync } from 'node:zlib';
import type { FileEntry } from '../engine/index-file/manifest.js';
import { SHARD_HASH_DIGITS, shardFile, type ShardFolder } from '../engine/index-file/shards.js';
import { type IndexSource, missingFile, type OnBytes, sha256 } from '../engine/index-file/source.js';

/** An index folder in memory, which counts what is read of it. */
export class MemorySource implements IndexSource {
  readonly where = 'memory:/';
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  /** Paths in the order they were read. */
  readonly reads: string[] = [];
  /** Ranges in the order they were read. */
  readonly ranges: [start: number, end: number][] = [];

  url(path: string): string {
    return this.where + path;
  }

  async read(path: string, onBytes?: OnBytes): Promise<Uint8Array<ArrayBuffer>> {
    this.reads.push(path);
    const bytes = this.files.get(path);
    if (!bytes) throw missingFile(path, 'it is not in memory');
    onBytes?.(bytes.length);
    return bytes;
  }

  async addAs(path: string, bytes: Uint8Array): Promise<void> {
    this.files.set(path, Uint8Array.from(bytes));
  }

  async readRange(path: string, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    this.ranges.push([start, end]);
    const bytes = this.files.get(path);
    if (!bytes || end > bytes.length) throw missingFile(path, `memory has no bytes ${start} to ${end} of it`);
    return bytes.slice(start, end);
  }

  /** Adds a shard, packed, and describes it as a manifest does. */
  async addShard(folder: ShardFolder, contents: Uint8Array): Promise<[bytes: number, hash: string]> {
    const bytes = Uint8Array.from(gzipSync(contents));
    const hash = ((await sha256(bytes)) ?? '').slice(0, SHARD_HASH_DIGITS);
    this.files.set(shardFile(folder, bytes.length, hash).path, bytes);
    return [bytes.length, hash];
  }

  /** Adds a file, and describes it as a manifest does. */
  async add(path: string, content: Uint8Array<ArrayBuffer> | string): Promise<FileEntry> {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.files.set(path, bytes);
    return { path, bytes: bytes.length, sha256: (await sha256(bytes)) ?? '' };
  }
}
