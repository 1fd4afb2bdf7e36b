import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createEmbedder, type Embedder } from '../engine/model/embedder.js';
import {
  type EmbedderEntry,
  HEADING_JOINT,
  type ModelEntry,
  type RerankerEntry,
} from '../engine/index-file/manifest.js';
import { openTokenizer, type TextTokenizer } from '../engine/model/tokenizer.js';
import type { OnDownload } from './download-model.js';
import { encoderThreads } from './encoder-threads.js';
import { findModel } from './find-model.js';
import type { IndexFolder } from './index-folder.js';
import { knownLanguages } from './model-languages.js';
import {
  type ModelFolder,
  readArchitecture,
  readSettings,
  TOKENIZER,
  TOKENIZER_CONFIG,
} from './model-folder.js';
import type { Session } from '../engine/model/session.js';
import { readJson } from './read-json.js';
import { nativeSession } from './native-runtime.js';
import { openWasmRuntime } from './runtime-files.js';
import { type ModelWeights, modelWeights, type VisitorWeights } from './model-weights.js';
import type { WeightsCache } from './weights-cache.js';

/** What copying a model into the index adds. */
type ModelFile = 'name' | 'weights' | 'format' | 'tokenizer' | 'tokenizerConfig';

/** What embeds passages: ONNX Runtime's native build, our own kernels, or its WebAssembly. */
export type Runner = 'native' | 'encoder' | 'onnx';

/** An embedder ready to embed, and what the manifest says of it but for its files. */
export interface PreparedEmbedder {
  model: ModelFolder;
  embedder: Embedder;
  runner: Runner;
  /** How many texts keep it busy. */
  batch: number;
  entry: Omit<EmbedderEntry, ModelFile | 'unrelated'>;
  /** Languages that it reads, as far as that is known. */
  languages: readonly string[] | undefined;
  weights: () => Promise<VisitorWeights>;
  dispose: () => Promise<void>;
}

/** A reranker, which the index only copies. */
export interface PreparedReranker {
  model: ModelFolder;
  entry: Omit<RerankerEntry, ModelFile>;
  weights: () => Promise<VisitorWeights>;
  languages: readonly string[] | undefined;
}

/** Queries that hub models were trained with a prefix for, by name; a folder's `second-look.json` says it better. */
const KNOWN_EMBEDDERS: {
  name: RegExp;
  pooling: 'mean' | 'cls';
  queryPrefix: string;
  passagePrefix: string;
}[] = [
  {
    name: /bge-\w+-en|arctic-embed/,
    pooling: 'cls',
    queryPrefix: 'Represent this sentence for searching relevant passages: ',
    passagePrefix: '',
  },
  { name: /\be5-/, pooling: 'mean', queryPrefix: 'query: ', passagePrefix: 'passage: ' },
];

/** More pad less evenly where they run as one, and leave threads idle less often where they do not. */
const TEXTS_PER_LANE = 16;

/** Longest pair and query that a cross-encoder reads unless it says otherwise, in tokens. */
const PAIR_TOKENS = 192;
const QUERY_TOKENS = 48;
/** A reranker's share in the blend unless it says otherwise. */
const RERANKER_WEIGHT = 0.5;

/** What preparing a model may use, and whom it tells. */
export interface PrepareModelOptions {
  onDownload?: OnDownload | undefined;
  /** Of weights that earlier runs rewrote. */
  cache?: WeightsCache | undefined;
}

export async function prepareEmbedder(
  name: string,
  { onDownload, cache }: PrepareModelOptions = {},
): Promise<PreparedEmbedder> {
  const model = await findModel(name, 'embedder', onDownload);
  const { pooling, queryPrefix, passagePrefix, maxTokens, headingJoint, languages } =
    await readSettings(model);
  const { width, positions } = await readArchitecture(model);
  const known = KNOWN_EMBEDDERS.find((entry) => entry.name.test(name));
  const entry = {
    dimensions: width,
    pooling: pooling ?? known?.pooling ?? 'mean',
    maxTokens: Math.min(positions, maxTokens ?? positions),
    queryPrefix: queryPrefix ?? known?.queryPrefix ?? '',
    passagePrefix: passagePrefix ?? known?.passagePrefix ?? '',
    headingJoint: headingJoint ?? HEADING_JOINT,
  };
  const weights = modelWeights(model, entry.pooling, cache);
  const { session, runner } = await openSession(model, weights);
  return {
    batch: TEXTS_PER_LANE * session.lanes,
    ...{ model, runner, entry, weights: weights.packed },
    languages: languages ?? knownLanguages(name),
    embedder: createEmbedder(session, await tokenizerOf(model), entry),
    dispose: () => session.dispose(),
  };
}

export async function prepareReranker(
  name: string,
  weight: number | undefined,
  { onDownload, cache }: PrepareModelOptions = {},
): Promise<PreparedReranker> {
  const model = await findModel(name, 'reranker', onDownload);
  const settings = await readSettings(model);
  const { positions } = await readArchitecture(model);
  await tokenizerOf(model);
  return {
    model,
    weights: modelWeights(model, undefined, cache).packed,
    languages: settings.languages ?? knownLanguages(name),
    entry: {
      weight: weight ?? settings.weight ?? RERANKER_WEIGHT,
      calibration: settings.calibration ?? { scale: 1, offset: 0 },
      maxTokens: Math.min(positions, settings.maxTokens ?? PAIR_TOKENS),
      maxQueryTokens: settings.maxQueryTokens ?? QUERY_TOKENS,
      headingJoint: settings.headingJoint ?? HEADING_JOINT,
      ...(settings.odds !== undefined && { odds: settings.odds }),
      ...(settings.window !== undefined && { window: settings.window }),
    },
  };
}

/** Copies a model's files into the index. */
export async function copyModel(
  index: IndexFolder,
  kind: string,
  { model, weights }: Pick<PreparedReranker, 'model' | 'weights'>,
): Promise<Pick<ModelEntry, ModelFile>> {
  const { format, name, bytes } = await weights();
  const copy = async (name: string, file: string): ReturnType<IndexFolder['add']> =>
    index.add(`${kind}/${name}`, new Uint8Array(await readFile(join(model.folder, file))));
  return {
    ...{ name: model.name, format },
    weights: await index.add(`${kind}/${name}`, bytes),
    tokenizer: await copy(TOKENIZER, TOKENIZER),
    tokenizerConfig: await copy(TOKENIZER_CONFIG, TOKENIZER_CONFIG),
  };
}

/**
 * Runs a model natively where transformers.js is installed, about three times as quick as WebAssembly; else as visitors
 * run it.
 */
async function openSession(
  model: ModelFolder,
  { encoder: encoderOf }: ModelWeights,
): Promise<{ session: Session; runner: Runner }> {
  try {
    return { session: await nativeSession(model), runner: 'native' };
  } catch {
    const encoder = await encoderOf();
    if ('file' in encoder)
      return { session: await encoderThreads(encoder.file, model.name), runner: 'encoder' };
    const weights = new Uint8Array(await readFile(join(model.folder, model.weights)));
    const runtime = await openWasmRuntime();
    return { session: await runtime.createSession(weights, model.name), runner: 'onnx' };
  }
}

async function tokenizerOf({ name, folder }: ModelFolder): Promise<TextTokenizer> {
  const read = (file: string): Promise<unknown> => readJson(join(folder, file));
  return openTokenizer(await read(TOKENIZER), await read(TOKENIZER_CONFIG), name);
}
