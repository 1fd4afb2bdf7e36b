import {
  type FileEntry,
  type Manifest,
  type ModelEntry,
  modelBytes,
  parseManifest,
} from './index-file/manifest.js';
import { MANIFEST } from './index-file/manifest-name.js';
import { manifestOf } from './index-file/manifest-of.js';
import { bestLanguage } from './best-language.js';
import { PassageStore } from './index-file/passage-store.js';
import { type IndexSource, type OnBytes, readVerified } from './index-file/source.js';
import { messageOf, SearchError } from './errors.js';
import { indexRetriever } from './index-retriever.js';
import type { Analyser } from './keyword/analyse.js';
import { analyserFor } from './keyword/analyser-for.js';
import { unstemmed } from './keyword/english.js';
import { KeywordStore } from './keyword/keyword-store.js';
import type { AddSynonyms } from './keyword/synonyms.js';
import type { Embedder } from './model/embedder.js';
import type { ModelOpener, OnDevice } from './model/open-model.js';
import { loadCode } from './load-code.js';
import { Part } from './part.js';
import type { RemoteParts } from './remote/remote-retriever.js';
import type { CrossEncoder } from './rerank/cross-encoder.js';
import type { Refinements } from './refinements.js';
import type { Retriever } from './retriever.js';
import type { Missing, ModelStatus } from './update.js';
import type { VectorIndex } from './vector/vector-index.js';

/** An open index: the manifest, and parts that open when a search needs them. */
export interface SearchIndex {
  readonly source: IndexSource;
  readonly manifest: Manifest;
  readonly analyser: Analyser;
  /** Why the language is not searched as it could be, where a file of it cannot be had. */
  readonly languageFailure?: string | undefined;
  /** The site's synonyms, where it has some. */
  readonly synonyms?: Part<AddSynonyms>;
  readonly retriever: Retriever;
  readonly embedder: Part<Embedder>;
  readonly reranker: Part<CrossEncoder>;
  readonly refinements: Part<Refinements>;
}

/** Why no model is loaded. */
export interface NoModels {
  unavailable: string;
}

export interface OpenIndexOptions {
  source: IndexSource;
  /** The language to search in, BCP 47; the index's main one where it has nothing near. */
  language?: string | undefined;
  /** Opens the models, or says why none shall be loaded. */
  models: ModelOpener | NoModels;
  /** Called as models load. */
  onStatus?: (status: ModelStatus) => void;
  /** After how many ms without use a model is let go, and its memory with it. Default: never. */
  restModelsAfter?: number;
  /** Sends requests to the site's search engine, where the index names one. Default: the platform's. */
  fetch?: RemoteParts['fetch'];
}

/**
 * Reads the manifest, and begins to read the keywords where they are one file.
 * @throws SearchError `no-index`, `wrong-format`, `damaged-file`
 */
export async function openIndex({
  source,
  language = '',
  models,
  onStatus,
  restModelsAfter,
  fetch,
}: OpenIndexOptions): Promise<SearchIndex> {
  const { manifest, otherwise } = await readManifest(source, language);
  const keywords = new KeywordStore(source, manifest);
  if (keywords.whole) void keywords.open();
  let languageFailure = otherwise;
  const analyser = await analyserFor(manifest.language).catch((error: unknown) => {
    languageFailure ??= messageOf(error);
    return unstemmed;
  });
  const { embedder, reranker } = openModels(manifest, source, models, {
    onStatus: onStatus ?? (() => undefined),
    restAfter: restModelsAfter,
  });
  if (manifest.remote !== undefined) {
    // Its code is fetched where it is used alone.
    const { remoteRefinements, remoteRetriever } = await loadCode(
      'remote-retriever.js',
      () => import('./remote/remote-retriever.js'),
    );
    const where = source.where + MANIFEST;
    const retriever = remoteRetriever(manifest.remote, {
      site: manifest.site,
      where,
      analyser,
      embedder,
      fetch,
    });
    const refinements = new Part(async () => remoteRefinements);
    return { source, manifest, analyser, languageFailure, retriever, embedder, reranker, refinements };
  }
  const passages = new PassageStore(source, manifest);
  const vectors: Part<VectorIndex> =
    'unavailable' in models
      ? Part.absent(models.unavailable)
      : new Part(async (part) =>
          // Its code and kernels come with the vectors: keywords need neither.
          (
            await loadCode(
              'open-vectors.js',
              async () => (await import('./vector/open-vectors.js')).openVectors,
            )
          )(manifest, source, (reason) => {
            part.shortfall = reason;
          }),
        );
  const refinements = new Part(async () =>
    (await loadCode('refinements.js', async () => (await import('./refinements.js')).openRefinements))(
      source,
      manifest,
      {
        ...{ keywords, passages, analyser },
      },
    ),
  );
  const retriever = indexRetriever({
    ...{ analyser, passages, keywords, vectors, embedder, refinements },
    unrelated: manifest.embedder?.unrelated ?? 0,
  });
  const index = { source, manifest, analyser, languageFailure, retriever, embedder, reranker, refinements };
  if (!manifest.synonyms) return index;
  const { synonyms: file } = manifest;
  const synonyms = new Part(() => openSynonyms(file, source, analyser));
  void synonyms.open();
  return { ...index, synonyms };
}

/** Loads what the stages need in the order that they need it. */
export async function preload({ retriever, reranker }: SearchIndex): Promise<void> {
  await retriever.preload();
  await reranker.open();
}

/** The parts that cannot answer, and why. */
export function missingParts({ retriever, reranker, synonyms, languageFailure }: SearchIndex): Missing[] {
  const missing = (part: Missing['part'], reason: string | undefined): Missing[] =>
    reason === undefined ? [] : [{ part, reason }];
  return [
    ...retriever.missing(),
    ...missing('rerank', reranker.failure),
    ...missing('synonyms', synonyms?.failure),
    ...missing('language', languageFailure),
  ];
}

/**
 * The manifest of the language that serves the wanted one best. Where that cannot be had, as in the middle of an upload,
 * the main one, and why.
 */
async function readManifest(
  source: IndexSource,
  wanted: string,
): Promise<{ manifest: Manifest; otherwise?: string }> {
  const main = parseManifest(await readMain(source), source.where + MANIFEST);
  const language = bestLanguage(wanted, main.languages ?? []) ?? main.language;
  if (language === main.language) return { manifest: main };
  const file = manifestOf(language);
  try {
    return { manifest: parseManifest(await source.read(file), source.where + file) };
  } catch (error) {
    return { manifest: main, otherwise: messageOf(error) };
  }
}

async function readMain(source: IndexSource): Promise<Uint8Array> {
  try {
    return await source.read(MANIFEST);
  } catch (error) {
    const reason = messageOf((error as Error).cause ?? error);
    if (source.where.startsWith('file:'))
      throw new SearchError(
        'no-index',
        `No page can read ${source.where}: browsers keep files to themselves. Serve the site over HTTP.`,
      );
    throw new SearchError(
      'no-index',
      /\b404\b|ENOENT/.test(reason)
        ? `There is no search index at ${source.where} (${reason}). Build one with "second-look index DIR", or name ` +
            'the folder that has it in the option "index".'
        : `The search index at ${source.where} could not be reached (${reason}). Try again later.`,
      { cause: error },
    );
  }
}

async function openSynonyms(file: FileEntry, source: IndexSource, analyser: Analyser): Promise<AddSynonyms> {
  const [bytes, readSynonyms] = await Promise.all([
    readVerified(source, file),
    loadCode('synonyms.js', async () => (await import('./keyword/synonyms.js')).readSynonyms),
  ]);
  return readSynonyms(bytes, file.path, analyser);
}

function openModels(
  manifest: Manifest,
  source: IndexSource,
  models: OpenIndexOptions['models'],
  options: ModelPartOptions,
): { embedder: Part<Embedder>; reranker: Part<CrossEncoder> } {
  if ('unavailable' in models)
    return { embedder: Part.absent(models.unavailable), reranker: Part.absent(models.unavailable) };
  const { embedder, reranker } = manifest;
  return {
    embedder: embedder
      ? modelPart('embedder', embedder, options, (onBytes) =>
          models.embedder(embedder, manifest, source, onBytes),
        )
      : Part.absent('The index was built without an embedder.'),
    reranker: reranker
      ? modelPart('reranker', reranker, options, (onBytes, onDevice) =>
          models.reranker(reranker, manifest, source, onBytes, onDevice),
        )
      : Part.absent('The index was built without a reranker.'),
  };
}

interface ModelPartOptions {
  onStatus: (status: ModelStatus) => void;
  restAfter: number | undefined;
}

/** A part that tells how its model's loading goes. */
function modelPart<T extends Embedder | CrossEncoder>(
  model: ModelStatus['model'],
  entry: ModelEntry,
  { onStatus, restAfter }: ModelPartOptions,
  open: (onBytes: OnBytes, onDevice: OnDevice) => Promise<T>,
): Part<T> {
  const totalBytes = modelBytes(entry);
  let loadedBytes = 0;
  const tell = (state: ModelStatus['state'], more: Pick<ModelStatus, 'reason' | 'device'> = {}): void =>
    onStatus({ model, name: entry.name, state, loadedBytes, totalBytes, ...more });
  const start = async (): Promise<T> => {
    let settled = false;
    loadedBytes = 0;
    tell('loading');
    try {
      const opened = await open(
        (bytes) => {
          loadedBytes = bytes;
          // Where one file has failed, the others may still be coming in.
          if (!settled) tell('loading');
        },
        (device) => tell('ready', { device }),
      );
      tell('ready');
      return opened;
    } catch (error) {
      tell('failed', { reason: messageOf(error) });
      throw error;
    } finally {
      settled = true;
    }
  };
  // ONNX Runtime gives no memory back.
  return new Part(
    start,
    entry.format === 'encoder' ? restAfter : undefined,
    (opened) => void opened.dispose(),
  );
}
