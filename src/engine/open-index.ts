import {
  MANIFEST,
  type Manifest,
  type ModelEntry,
  modelBytes,
  parseManifest,
} from './index-file/manifest.js';
import { PassageStore } from './index-file/passage-store.js';
import type { IndexSource, OnBytes } from './index-file/source.js';
import { messageOf, SearchError } from './errors.js';
import { KeywordStore } from './keyword/keyword-store.js';
import type { Embedder } from './model/embedder.js';
import type { ModelOpener } from './model/open-model.js';
import { Part } from './part.js';
import type { CrossEncoder } from './rerank/cross-encoder.js';
import type { ModelStatus } from './update.js';
import type { VectorIndex } from './vector/vector-index.js';

/** An open index: the manifest, and parts that open when a search needs them. */
export interface SearchIndex {
  readonly manifest: Manifest;
  readonly passages: PassageStore;
  readonly keywords: KeywordStore;
  readonly vectors: Part<VectorIndex>;
  readonly embedder: Part<Embedder>;
  readonly reranker: Part<CrossEncoder>;
}

/** Why no model is loaded. */
export interface NoModels {
  unavailable: string;
}

export interface OpenIndexOptions {
  source: IndexSource;
  /** Opens the models, or says why none shall be loaded. */
  models: ModelOpener | NoModels;
  /** Called as models load. */
  onStatus?: (status: ModelStatus) => void;
}

/**
 * Reads the manifest, and begins to read the keywords where they are one file.
 * @throws SearchError `no-index`, `wrong-format`, `damaged-file`
 */
export async function openIndex({ source, models, onStatus }: OpenIndexOptions): Promise<SearchIndex> {
  const manifest = await readManifest(source);
  const index: SearchIndex = {
    manifest,
    passages: new PassageStore(source, manifest),
    keywords: new KeywordStore(source, manifest),
    vectors:
      'unavailable' in models
        ? Part.absent(models.unavailable)
        : new Part(async (part) =>
            // Its code and kernels come with the vectors: keywords need neither.
            (await import('./vector/open-vectors.js')).openVectors(manifest, source, (reason) => {
              part.shortfall = reason;
            }),
          ),
    ...openModels(manifest, source, models, onStatus ?? (() => undefined)),
  };
  if (index.keywords.whole) void index.keywords.open();
  return index;
}

/**
 * Loads what the stages need in the order that they need it. On a slow line a model beside the keywords would take the
 * bandwidth that the first rows wait for.
 */
export async function preload(index: SearchIndex): Promise<void> {
  await index.keywords.open();
  await Promise.all([index.embedder.open(), index.vectors.open()]);
  await index.reranker.open();
}

async function readManifest(source: IndexSource): Promise<Manifest> {
  let bytes: Uint8Array;
  try {
    bytes = await source.read(MANIFEST);
  } catch (error) {
    const reason = messageOf((error as Error).cause ?? error);
    throw new SearchError(
      'no-index',
      /\b404\b|ENOENT/.test(reason)
        ? `There is no search index at ${source.where} (${reason}). Build one with "second-look index DIR", or name ` +
            'the folder that has it in the option "index".'
        : `The search index at ${source.where} could not be reached (${reason}). Try again later.`,
      { cause: error },
    );
  }
  return parseManifest(bytes, source.where + MANIFEST);
}

function openModels(
  manifest: Manifest,
  source: IndexSource,
  models: OpenIndexOptions['models'],
  onStatus: (status: ModelStatus) => void,
): Pick<SearchIndex, 'embedder' | 'reranker'> {
  if ('unavailable' in models)
    return { embedder: Part.absent(models.unavailable), reranker: Part.absent(models.unavailable) };
  const { embedder, reranker } = manifest;
  return {
    embedder: embedder
      ? modelPart('embedder', embedder, onStatus, (onBytes) =>
          models.embedder(embedder, manifest, source, onBytes),
        )
      : Part.absent('The index was built without an embedder.'),
    reranker: reranker
      ? modelPart('reranker', reranker, onStatus, (onBytes) =>
          models.reranker(reranker, manifest, source, onBytes),
        )
      : Part.absent('The index was built without a reranker.'),
  };
}

/** A part that tells how its model's loading goes. */
function modelPart<T>(
  model: ModelStatus['model'],
  entry: ModelEntry,
  onStatus: (status: ModelStatus) => void,
  open: (onBytes: OnBytes) => Promise<T>,
): Part<T> {
  const totalBytes = modelBytes(entry);
  let loadedBytes = 0;
  let settled = false;
  const tell = (state: ModelStatus['state'], reason?: string): void =>
    onStatus({
      model,
      name: entry.name,
      state,
      loadedBytes,
      totalBytes,
      ...(reason !== undefined && { reason }),
    });
  return new Part(async () => {
    tell('loading');
    try {
      const opened = await open((bytes) => {
        loadedBytes = bytes;
        // Where one file has failed, the others may still be coming in.
        if (!settled) tell('loading');
      });
      tell('ready');
      return opened;
    } catch (error) {
      tell('failed', messageOf(error));
      throw error;
    } finally {
      settled = true;
    }
  });
}
