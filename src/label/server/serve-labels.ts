import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SearchError } from '../../engine/errors.js';
import { preload } from '../../engine/open-index.js';
import { openForEvaluation } from '../../evaluate/open-for-evaluation.js';
import { PACKAGE_ROOT } from '../../indexer/package-root.js';
import { evalCommand } from './eval-command.js';
import { createLabelApi } from './label-api.js';
import { LabelStore } from './label-store.js';
import { listen } from './listen.js';

export interface ServeLabelsOptions {
  /** Folder of the labels. */
  out: string;
  port?: number | undefined;
  /** Which language's index of the folder. Default: the main one. */
  language?: string | undefined;
}

export interface LabelServer {
  url: string;
  /** Queries that the folder had already. */
  queries: number;
  /** Ends once what is being saved is saved. */
  close: () => Promise<void>;
}

/**
 * Serves the page for labelling to this machine.
 * @param folder index folder
 */
export async function serveLabels(
  folder: string,
  { out, port, language }: ServeLabelsOptions,
): Promise<LabelServer> {
  const page = join(PACKAGE_ROOT, 'dist/label');
  if (!existsSync(join(page, 'index.html')))
    throw new SearchError('missing-file', `There is no page in ${page}. Build second-look: npm run build.`);
  const index = await openForEvaluation(folder, { models: true, language });
  if (index.manifest.remote !== undefined)
    throw new SearchError(
      'bad-option',
      `${folder} has no pages of its own: a search engine takes its first look, and what it has cannot be listed. Write ` +
        'queries.jsonl and qrels/test.tsv by hand, with the addresses of sections, or label an index of the same pages.',
    );
  const store = await LabelStore.open(out);
  const command = evalCommand(folder, store.files, language);
  const api = await createLabelApi(index, store, { folder: out, command });
  const { port: bound, close } = await listen(api, page, port);
  // The first query does not wait for the models then.
  void preload(index);
  return {
    url: `http://127.0.0.1:${bound}/`,
    queries: store.queries.length,
    async close() {
      await close();
      await store.settled();
    },
  };
}
