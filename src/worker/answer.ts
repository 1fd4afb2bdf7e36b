import { messageOf, SearchError } from '../engine/errors.js';
import { type Manifest, modelBytes } from '../engine/index-file/manifest.js';
import { loadCode } from '../engine/load-code.js';
import type { ModelOpener } from '../engine/model/open-model.js';
import { type NoModels, openIndex, preload, type SearchIndex } from '../engine/open-index.js';
import { webAddress } from '../engine/results.js';
import { find, search } from '../engine/search.js';
import { typingPause } from '../engine/typing-pause.js';
import {
  type ErrorData,
  type FiltersAnswer,
  type FromWorker,
  type IndexInfo,
  type OpenRequest,
  PROTOCOL_VERSION,
  RUNTIME,
  type WorkerApi,
} from '../protocol.js';
import { httpSource } from './http-source.js';

/** A model that nobody has used for so long, in ms, is let go: a visitor who reads does not need its tens of megabytes. */
const REST_MODELS_AFTER = 5 * 60e3;

/**
 * Before the second look reads while someone types, in ms: longer than from key to key, which would wait for it to end.
 */
const PAUSE = 100;

/** The worker's side of the protocol, wherever it runs. */
export function createWorkerApi(models: ModelOpener | NoModels): WorkerApi {
  let index: SearchIndex | undefined;
  let indexUrl = '';
  let open: (manifest?: OpenRequest['manifest']) => Promise<SearchIndex>;
  let reopening: Promise<void> | undefined;
  const pause = typingPause(PAUSE);
  return {
    async open({ indexUrl: url, language, withoutModels, manifest }, onStatus) {
      indexUrl = url;
      open = (manifest) =>
        openIndex({
          source: httpSource(indexUrl, manifest),
          language,
          models: withoutModels === undefined ? models : { unavailable: withoutModels },
          onStatus,
          restModelsAfter: REST_MODELS_AFTER,
        });
      try {
        index = await open(manifest);
        return { version: PROTOCOL_VERSION, info: infoOf(index.manifest) };
      } catch (error) {
        return { version: PROTOCOL_VERSION, error: errorData(error) };
      }
    },
    preload() {
      if (index) void preload(index);
    },
    async filters() {
      try {
        return (await fromCurrent(filtersOf).next()).value!;
      } catch (error) {
        return { error: errorData(error) };
      }
    },
    query(request, port) {
      answer(port, (signal) =>
        fromCurrent((index) => search(index, request, urlResolver(index, indexUrl), signal, pause)),
      );
    },
    context(request, port) {
      answer(port, (signal) =>
        fromCurrent(async function* (index) {
          // Few pages ask for it.
          const { contextPassages } = await loadCode(
            'context-passages.js',
            () => import('../engine/context-passages.js'),
          );
          const found = await find(index, request, urlResolver(index, indexUrl), signal);
          yield await contextPassages(index, found, request.maxTokens, signal);
        }),
      );
    },
  };

  function opened(): SearchIndex {
    if (!index) throw new SearchError('no-index', 'The index is not open.');
    return index;
  }

  /**
   * What is made of the index. Where files of it turn out to be gone, the site is asked once for what it has now, and
   * what is made of that takes over.
   */
  async function* fromCurrent<T>(
    make: (index: SearchIndex) => AsyncGenerator<T, void>,
  ): AsyncGenerator<T, void> {
    const used = opened();
    let hasAsked = false;
    for await (const made of make(used)) {
      if (used.source.lost && !hasAsked) {
        hasAsked = true;
        if (used === index) await (reopening ??= reopen(used).finally(() => (reopening = undefined)));
        if (used !== index) return yield* make(opened());
      }
      yield made;
    }
  }

  async function reopen(used: SearchIndex): Promise<void> {
    const { reopenIndex } = await loadCode('reopen-index.js', () => import('./reopen-index.js'));
    index = await reopenIndex(used, open);
  }
}

/** Posts what is made over a port, until it ends or the page wants no more. */
function answer<T>(port: MessagePort, make: (signal: AbortSignal) => AsyncIterable<T>): void {
  const controller = new AbortController();
  // All that a page says of it is that it wants no more.
  port.onmessage = () => controller.abort();
  const post = (message: FromWorker<T>): void => {
    if (!controller.signal.aborted) port.postMessage(message);
  };
  void (async () => {
    try {
      for await (const update of make(controller.signal)) post({ type: 'update', update });
      post({ type: 'end' });
    } catch (error) {
      post({ type: 'error', error: errorData(error) });
    } finally {
      port.close();
    }
  })();
}

/** Page URLs are relative to the site's root, which the index knows relative to itself. Other schemes are left out. */
function urlResolver(
  { manifest, retriever }: SearchIndex,
  indexUrl: string,
): (url: string) => string | undefined {
  const root = new URL(manifest.site, indexUrl);
  const origins = [root.origin, ...(retriever.origins ?? [])];
  return (path) => {
    const url = webAddress(path, root.href);
    return url && origins.includes(url.origin) ? url.href : undefined;
  };
}

async function* filtersOf({ refinements }: SearchIndex): AsyncGenerator<FiltersAnswer, void> {
  try {
    const opened = await refinements.open();
    // All that it takes to open them is their code.
    if (!opened) throw new SearchError('missing-file', refinements.failure ?? '');
    yield { filters: await opened.filters() };
  } catch (error) {
    yield { error: errorData(error) };
  }
}

function infoOf({
  counts,
  language,
  languages = [language],
  embedder,
  reranker,
  runtime,
  filters,
}: Manifest): IndexInfo {
  const modelFiles: Record<string, number> = {};
  for (const model of [embedder, reranker]) if (model) modelFiles[model.weights.sha256] = modelBytes(model);
  if (runtime) modelFiles[RUNTIME] = runtime.module.bytes + runtime.binary.bytes;
  return {
    ...counts,
    language,
    languages,
    filters: filters.map(([key]) => key),
    modelFiles,
    modelBytes: Object.values(modelFiles).reduce((sum, bytes) => sum + bytes, 0),
  };
}

function errorData(error: unknown): ErrorData {
  return { code: error instanceof SearchError ? error.code : 'worker-failed', message: messageOf(error) };
}
