import { parentPort } from 'node:worker_threads';
import { messageOf } from '../engine/errors.js';
import { planOf } from '../indexer/index-options.js';
import { indexRead } from '../indexer/index-site.js';
import { siteOf } from '../indexer/read-site.js';
import type { IndexAnswer, IndexRequest } from './indexing-thread.js';
import { devSource } from './dev-source.js';

/** The thread's side: indexes pages, one request after the other. */
parentPort?.on('message', ({ pages, site, options }: IndexRequest) => {
  const answer = async (): Promise<IndexAnswer> => {
    try {
      const plan = planOf(site, options);
      const source = devSource(pages, { ...plan, exclude: options.exclude ?? [] });
      const { pages: number, seconds } = await indexRead(await siteOf(source), plan);
      return { pages: number, seconds };
    } catch (error) {
      return { error: messageOf(error) };
    }
  };
  void answer().then((answered) => parentPort?.postMessage(answered));
});
