import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { IndexSiteOptions } from '../indexer/index-options.js';
import { PACKAGE_ROOT } from '../indexer/package-root.js';
import type { DevPage } from './dev-pages.js';

/** What the thread is asked, and no function in it. */
export interface IndexRequest {
  pages: readonly DevPage[];
  /** A folder that the index lies in. */
  site: string;
  options: Omit<IndexSiteOptions, 'onProgress' | 'onDownload'>;
}

/** What was indexed, in how many seconds; or why nothing was. */
export type IndexAnswer = { pages: number; seconds: number } | { error: string };

/** A thread that indexes pages, so that the dev server answers meanwhile. It has one request at a time. */
export class IndexingThread {
  #worker: Worker | undefined;

  /** @throws Error with the indexer's message, or where the thread has ended */
  async index(request: IndexRequest): Promise<{ pages: number; seconds: number }> {
    const worker = (this.#worker ??= this.#start());
    worker.postMessage(request);
    const done = new AbortController();
    const { signal } = done;
    try {
      // An error of the thread's own rejects both.
      const [answer] = (await Promise.race([
        once(worker, 'message', { signal }),
        once(worker, 'exit', { signal }).then(() => {
          throw new Error('The thread that indexes has ended.');
        }),
      ])) as [IndexAnswer];
      if ('error' in answer) throw new Error(answer.error);
      return answer;
    } finally {
      done.abort();
    }
  }

  /** Ends it, whatever it is at; the next request starts another. */
  async end(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  #start(): Worker {
    const worker = new Worker(join(PACKAGE_ROOT, 'dist/node/index-pages.thread.js'));
    worker.on('exit', () => (this.#worker = undefined));
    // It keeps nobody from ending.
    worker.unref();
    return worker;
  }
}
