import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sirv, { type RequestHandler } from 'sirv';
import { SearchError } from '../engine/errors.js';
import type { IndexSiteOptions } from '../indexer/index-options.js';
import type { DevPage } from './dev-pages.js';
import { type IndexRequest, IndexingThread } from './indexing-thread.js';

/** Versions that are kept: a page that has opened the one before still asks for its files. */
const KEPT = 2;

/**
 * The index of pages that change. Each version has a folder of its own, which is served once it is whole; where a version
 * fails, the one before is served on.
 */
export class LiveIndex {
  readonly #options: IndexRequest['options'];
  readonly #folder: string;
  readonly #thread = new IndexingThread();
  /** The latest first. */
  #versions: { folder: string; serve: RequestHandler }[] = [];
  #made = 0;
  /** What the latest attempt read. */
  #read = '';

  private constructor(options: IndexSiteOptions, folder: string) {
    // Functions do not reach the thread.
    const { ...forThread } = options;
    delete forThread.onProgress;
    delete forThread.onDownload;
    this.#options = forThread;
    this.#folder = folder;
  }

  static async create(options: IndexSiteOptions): Promise<LiveIndex> {
    return new LiveIndex(options, await mkdtemp(join(tmpdir(), 'second-look-dev-')));
  }

  /** What serves its files, by path inside the index folder: the latest version, then the one before. */
  get handlers(): RequestHandler[] {
    return this.#versions.map(({ serve }) => serve);
  }

  /**
   * Indexes the pages; undefined where they are as they were.
   * @throws Error that says what is wrong; the version before stays
   */
  async take(pages: readonly DevPage[]): Promise<{ pages: number; seconds: number } | undefined> {
    const read = createHash('sha256').update(JSON.stringify(pages)).digest('hex');
    if (read === this.#read) return undefined;
    this.#read = read;
    if (pages.length === 0)
      throw new SearchError(
        'bad-option',
        'The dev server has no HTML pages that can be indexed. Name them, or a function that gives them, with the option ' +
          'dev.pages; or leave the index to the build, with dev: false.',
      );
    const folder = join(this.#folder, String((this.#made += 1)));
    // The script is served from the package.
    const options = { ...this.#options, out: folder, siteUrl: '../', script: false };
    const summary = await this.#thread
      .index({ pages, site: this.#folder, options })
      .catch((error: unknown) => {
        // What was wrong may be mended outside of the pages.
        this.#read = '';
        throw error;
      });
    const versions = [{ folder, serve: sirv(folder, { dev: true }) }, ...this.#versions];
    this.#versions = versions.slice(0, KEPT);
    for (const old of versions.slice(KEPT)) await rm(old.folder, { recursive: true, force: true });
    return summary;
  }

  /** Ends what is at work, and deletes every version. */
  async remove(): Promise<void> {
    await this.#thread.end();
    this.#versions = [];
    await rm(this.#folder, { recursive: true, force: true });
  }
}
