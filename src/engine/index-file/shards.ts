import * as v from 'valibot';
import { count, type FileEntry } from './file-entry.js';

/**
 * A large site's keywords and passages lie in many small files, so that a visitor fetches those that a query needs.
 * The manifest has a line for each; a file is named after the beginning of its SHA-256, which is what it is checked by.
 */
export const countFromOne = v.pipe(v.number(), v.integer(), v.minValue(1));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/));

/** Keyword files: each holds the terms from its first to the next file's first. */
export const keywordShards = v.array(v.tuple([v.pipe(v.string(), v.maxLength(200)), count, hash]));
/** Passage files: how many passages each holds. */
export const passageShards = v.array(v.tuple([countFromOne, count, hash]));

/** Files that say something of every page: one for each key. */
export const keyShards = v.optional(keywordShards, []);

/** Hexadecimal digits of a SHA-256 that name and check a shard: 48 bits tell any damage, and one file from thousands of others. */
export const SHARD_HASH_DIGITS = 12;

/** The folders that shards lie in. */
export type ShardFolder = 'keywords' | 'passages' | 'filters' | 'sorts';

/** The file of a shard. */
export function shardFile(folder: ShardFolder, bytes: number, sha256: string): FileEntry {
  return { path: `${folder}/${sha256}.bin`, bytes, sha256 };
}
