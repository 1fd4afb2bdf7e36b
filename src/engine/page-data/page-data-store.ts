import { inflate } from '../index-file/inflate.js';
import type { Manifest } from '../index-file/manifest.js';
import { shardFile } from '../index-file/shards.js';
import { type IndexSource, readVerified } from '../index-file/source.js';
import { type FilterValues, readFilterFile } from './filter-file.js';
import { readSortFile } from './sort-file.js';

/** What an index says of its pages by key; a key's file is read when it is first asked for, once. */
export class PageDataStore {
  readonly #opened = new Map<string, Promise<unknown>>();

  constructor(
    readonly source: IndexSource,
    readonly manifest: Pick<Manifest, 'filters' | 'sorts' | 'pages'>,
  ) {}

  /** The keys to filter by. */
  get filterKeys(): string[] {
    return this.manifest.filters.map(([key]) => key);
  }

  /** The keys to sort by. */
  get sortKeys(): string[] {
    return this.manifest.sorts.map(([key]) => key);
  }

  /**
   * The pages that have each value of a key; none for a key that the site does not have.
   * @throws SearchError `missing-file`, `damaged-file`
   */
  async filter(key: string): Promise<FilterValues> {
    return (await this.#read('filters', key, readFilterFile)) ?? new Map<string, Uint32Array>();
  }

  /**
   * The rank of each page by a key, from 1, or 0 for pages without it; undefined for a key that the site does not have.
   * @throws SearchError `missing-file`, `damaged-file`
   */
  sort(key: string): Promise<Uint32Array | undefined> {
    return this.#read('sorts', key, readSortFile);
  }

  async #read<T>(
    kind: 'filters' | 'sorts',
    key: string,
    parse: (bytes: Uint8Array, name: string, pages: number) => T,
  ): Promise<T | undefined> {
    const entry = this.manifest[kind].find(([known]) => known === key);
    if (!entry) return undefined;
    const [, bytes, hash] = entry;
    const file = shardFile(kind, bytes, hash);
    const reading =
      this.#opened.get(file.path) ??
      readVerified(this.source, file)
        .then((packed) => inflate(packed, file.path))
        .then((unpacked) => parse(unpacked, file.path, this.manifest.pages.length));
    this.#opened.set(file.path, reading);
    // A failed read is tried again by the next search: the network may be back.
    reading.catch(() => this.#opened.delete(file.path));
    return (await reading) as T;
  }
}
