import * as Comlink from 'comlink';
import { badOption } from './bad-option.js';
import { checkRequest } from './check-request.js';
import {
  type Context,
  type ContextRequest,
  type FacetCounts,
  type IndexInfo,
  type ModelPolicy,
  type ModelStatus,
  SearchError,
  type SearchRequest,
  type SearchUpdate,
} from '../protocol.js';
import { errorOf } from './error-of.js';
import { folderUrl } from './folder-url.js';
import { plain } from './plain.js';
import { savesData } from './saves-data.js';
import { lease } from './shared-connection.js';
import { readUpdates, type UpdateStream } from './update-stream.js';

export interface SearchOptions {
  /**
   * URL of the index folder, or of several whose pages are listed together (see `docs/several-sites.md`). Default
   * `/second-look/`.
   */
  index?: string | URL | readonly (string | URL)[];
  /**
   * The language to search in, BCP 47. Where the index has none like it, its main one is searched. Default: what the page
   * says in `html[lang]`.
   */
  language?: string;
  /**
   * Whether to load the models (`index` says how large they are): `auto` where the visitor does not ask to save data,
   * `on` always, `off` never: keywords alone. Default `auto`.
   */
  models?: ModelPolicy;
  /** Called as models load, with bytes loaded and in all; at once with what is known already. */
  onStatus?: (status: ModelStatus) => void;
}

export interface QueryOptions extends Omit<SearchRequest, 'text'> {
  /** Ends the query when it is aborted; the loop over its updates then throws the signal's reason. */
  signal?: AbortSignal | undefined;
}

export interface ContextOptions extends Omit<ContextRequest, 'text'> {
  /** Ends the work when it is aborted; the promise is then rejected with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** An open index. */
export interface Search {
  /** What the index held when it was opened. A deploy since may have changed it; queries are answered by what is there now. */
  readonly info: IndexInfo;
  /**
   * Answers a query, better and better: one update by keywords, one with vectors, one for every few passages that the
   * cross-encoder has read, and `done`. A newer query of the same `Search` ends this one at once and quietly: its loop
   * finishes without another update. A slow reader gets the latest update, not every one.
   * @throws SearchError `bad-option` for options out of range; `wrong-format` or `missing-file` where the site has another
   *   version of the search by now, and the page is to be loaded again
   * @example
   * search.query('tokens', { filters: { section: ['cli', 'api'], status: { none: ['draft'] } }, facets: ['section'] });
   * search.query('', { sort: { by: 'date', order: 'desc' } });
   */
  query(text: string, options?: QueryOptions): AsyncIterable<SearchUpdate>;
  /**
   * The passages that answer a question best, within a budget of tokens, for a language model to answer from: in the
   * order of the second look, neighbours of a section joined. Queries under way go on.
   * @throws SearchError `bad-option` for a question or options out of range; `worker-failed` for whatever stops the worker
   * @example
   * const { passages } = await search.context('undo a publish', { maxTokens: 1500 });
   * const sources = passages.map(({ url, title, text }) => `<source url="${url}" title="${title}">${text}</source>`);
   */
  context(question: string, options?: ContextOptions): Promise<Context>;
  /**
   * The keys and values that the pages of the site can be filtered by, each with how many pages have it; read when it is
   * called.
   * @throws SearchError `missing-file`, `damaged-file`; `bad-option` where the site's own search engine finds the pages,
   *   or this `Search` is disposed of; `wrong-format` as `query`; `worker-failed` for whatever else stops the worker
   */
  filters(): Promise<FacetCounts>;
  /** Begins to load the models, so that the first query finds them ready. */
  preload(): void;
  /** Ends the query under way, with contexts that are asked for, and, if no other `Search` of this page uses the same index, the worker. */
  dispose(): void;
}

/**
 * Opens an index in a worker.
 * @throws SearchError `no-index` when there is none at the URL, `wrong-format` when it was built by another version,
 *   `damaged-file` when its manifest cannot be read, `worker-failed` when the search's own script cannot be had any more
 * @example
 * const search = await createSearch({ index: '/second-look/' });
 * for await (const { stage, results } of search.query('undo a publish')) show(results);
 */
export async function createSearch(options: SearchOptions = {}): Promise<Search> {
  const indexes = [options.index ?? '/second-look/'].flat();
  if (indexes.length !== 1) {
    const { mergeSearches } = await import('./merged-search.js');
    return mergeSearches(indexes, (index) => createSearch({ ...options, index }));
  }
  const onStatus = options.onStatus ?? (() => undefined);
  const { connection, statuses, release } = await lease({
    indexUrl: folderUrl(indexes[0]!),
    language: checkedLanguage(options.language ?? globalThis.document?.documentElement.lang ?? ''),
    withoutModels: reasonAgainstModels(options.models ?? 'auto'),
    onStatus,
  });
  for (const status of statuses.values()) onStatus(status);
  let current: UpdateStream | undefined;
  const ended = new AbortController();

  return {
    info: connection.info,
    preload: () => void connection.api.preload(),
    async filters() {
      ended.signal.throwIfAborted();
      const answer = await connection.api.filters();
      if ('filters' in answer) return answer.filters;
      throw errorOf(answer.error);
    },
    async context(text, { signal, ...request } = {}) {
      ended.signal.throwIfAborted();
      const { askContext } = await import('./ask-context.js');
      return askContext(connection, { text, ...request }, [signal, ended.signal]);
    },
    query(text, { signal, ...request } = {}) {
      ended.signal.throwIfAborted();
      if (typeof text !== 'string') throw badOption('The query', text, 'a string');
      checkRequest(request);
      signal?.throwIfAborted();
      current?.stop();
      const { port1, port2 } = new MessageChannel();
      const onAbort = (): void => stream.stop(signal?.reason);
      const stream = readUpdates(port1, () => signal?.removeEventListener('abort', onAbort));
      signal?.addEventListener('abort', onAbort);
      current = stream;
      const asked = plain<SearchRequest>({ ...request, text });
      void connection.api.query(asked, Comlink.transfer(port2, [port2]));
      return stream.updates;
    },
    dispose() {
      ended.abort(new SearchError('bad-option', 'This search is disposed of; create another.'));
      current?.stop();
      release();
    },
  };
}

function checkedLanguage(language: string): string {
  if (typeof language === 'string') return language;
  throw badOption('language', language, 'a BCP 47 tag such as en or pt-BR');
}

function reasonAgainstModels(policy: ModelPolicy): string | undefined {
  if (policy === 'on') return undefined;
  if (policy === 'off') return 'Models are switched off.';
  return savesData() ? 'The visitor asks to save data.' : undefined;
}
