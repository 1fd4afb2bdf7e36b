import { SearchError } from '../engine/errors.js';
import type { OfflineFile, OfflineFiles, OfflineOptions } from './offline-files.js';

/** The offline copies of this origin, whose files lie under their URLs. */
const CACHE = 'second-look-offline';

/** What is offline of an index folder. */
export interface OfflineVersion extends OfflineFiles {
  /** What was asked for, which updates keep to. */
  options: OfflineOptions;
}

interface OfflineRecord {
  current: OfflineVersion;
  /** Files of the version before, for pages that have it open. */
  former: string[];
}

/**
 * The copy of an index folder in Cache Storage. Files are added one by one; which of them are the current version is said
 * by one record, and changes with it, all at once. A file whose name never changes lies under its URL and its hash, so
 * that two versions do not disturb each other.
 */
export class OfflineCopy {
  private constructor(
    readonly folder: string,
    readonly cache: Cache,
  ) {}

  /** @throws SearchError `bad-option` where the page may not use Cache Storage */
  static async open(folder: string): Promise<OfflineCopy> {
    // Insecure contexts have none, whatever the types say.
    const storage = globalThis.caches as CacheStorage | undefined;
    if (!storage)
      throw new SearchError(
        'bad-option',
        'Offline search needs Cache Storage, which browsers give to pages served over HTTPS (or from localhost) alone.',
      );
    return new OfflineCopy(folder, await storage.open(CACHE));
  }

  /** What pages get now; undefined where nothing is offline. */
  async current(): Promise<OfflineVersion | undefined> {
    return (await this.#read())?.current;
  }

  /** What a file lies under. */
  keyOf({ path, sha256, fixed }: OfflineFile): string {
    const url = this.folder + path;
    return fixed ? `${url}?${sha256}` : url;
  }

  /** Makes a version the current one. Its files are all there. */
  async switchTo(version: OfflineVersion): Promise<void> {
    const former = (await this.current())?.files.map((file) => this.keyOf(file)) ?? [];
    await this.#write({ current: version, former });
  }

  /** Takes a version of the same files for the current one, with its own options; no page has the one before open. */
  async renew(version: OfflineVersion): Promise<void> {
    const record: OfflineRecord = { current: version, former: [] };
    if (JSON.stringify(record) !== JSON.stringify(await this.#read())) await this.#write(record);
  }

  /** Deletes the files that are of no version: what a download that was given up has left, say. */
  async tidy(): Promise<void> {
    const { current, former = [] } = (await this.#read()) ?? {};
    const wanted = new Set([...(current?.files.map((file) => this.keyOf(file)) ?? []), ...former]);
    if (current) wanted.add(this.#recordKey);
    for (const { url } of await this.cache.keys())
      if (url.startsWith(this.folder) && !wanted.has(url)) await this.cache.delete(url);
  }

  /** Deletes everything, but not the cache: who waits for the lock has it open, and would write into nothing. */
  async remove(): Promise<void> {
    await this.cache.delete(this.#recordKey);
    await this.tidy();
  }

  get #recordKey(): string {
    return `${this.folder}?offline`;
  }

  async #read(): Promise<OfflineRecord | undefined> {
    return (await this.cache.match(this.#recordKey))?.json() as Promise<OfflineRecord | undefined>;
  }

  async #write(record: OfflineRecord): Promise<void> {
    await this.cache.put(this.#recordKey, new Response(JSON.stringify(record)));
    await this.tidy();
  }
}
