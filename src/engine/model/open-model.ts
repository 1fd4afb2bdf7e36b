import { SearchError } from '../errors.js';
import {
  type EmbedderEntry,
  type Manifest,
  type ModelEntry,
  parseJson,
  type RerankerEntry,
} from '../index-file/manifest.js';
import { type IndexSource, type OnBytes, readVerified } from '../index-file/source.js';
import { openEncoder } from '../encoder/open-encoder.js';
import type { EncoderSession } from '../encoder/start-encoder.js';
import { inflate } from '../index-file/inflate.js';
import { createCrossEncoder, type CrossEncoder } from '../rerank/cross-encoder.js';
import type { ModelDevice } from '../update.js';
import { checkWebAssembly } from './check-web-assembly.js';
import { createEmbedder, type Embedder } from './embedder.js';
import type { Session } from './session.js';
import { openTokenizer, type TextTokenizer } from './tokenizer.js';

/** What runs models: ONNX Runtime in WebAssembly in the browser, its native build in Node. */
export interface Runtime {
  createSession(weights: Uint8Array<ArrayBuffer>, name: string): Promise<Session>;
}

/** Readies the runtime that an index brings. */
export type OpenRuntime = (manifest: Manifest, source: IndexSource) => Promise<Runtime>;

/** Downloads, verifies and starts an index's models. */
export interface ModelOpener {
  embedder(
    entry: EmbedderEntry,
    manifest: Manifest,
    source: IndexSource,
    onBytes: OnBytes,
  ): Promise<Embedder>;
  reranker(
    entry: RerankerEntry,
    manifest: Manifest,
    source: IndexSource,
    onBytes: OnBytes,
    onDevice?: OnDevice,
  ): Promise<CrossEncoder>;
}

export type OnDevice = (device: ModelDevice) => void;

/** Runs an encoder on what this device runs it on fastest. */
export type Accelerate = (first: EncoderSession, name: string, onDevice: OnDevice) => Promise<Session>;

/**
 * Opens models: encoders with kernels of our own; others with a runtime, which they share and which they alone load.
 * @param accelerate for the cross-encoder, which has the most to do. Default: one thread of WebAssembly
 */
export function modelOpener(
  openRuntime: OpenRuntime,
  accelerate: Accelerate = async (first) => first,
): ModelOpener {
  let runtime: Promise<Runtime> | undefined;
  const open = async (
    model: ModelEntry,
    manifest: Manifest,
    source: IndexSource,
    onBytes: OnBytes,
  ): Promise<OpenedModel> =>
    openModel(
      model,
      model.format === 'onnx' ? await (runtime ??= openAgain(manifest, source)) : undefined,
      source,
      onBytes,
    );
  const openAgain = (manifest: Manifest, source: IndexSource): Promise<Runtime> =>
    openRuntime(manifest, source).catch((error: unknown) => {
      // Not kept: a part that is tried again needs the runtime tried again too.
      runtime = undefined;
      throw error;
    });
  return {
    async embedder(entry, ...rest) {
      const { session, tokenizer } = await open(entry, ...rest);
      return createEmbedder(session, tokenizer, entry);
    },
    async reranker(entry, manifest, source, onBytes, onDevice = () => undefined) {
      const { session, tokenizer } = await open(entry, manifest, source, onBytes);
      return createCrossEncoder(
        'encoder' in session ? await accelerate(session, entry.name, onDevice) : session,
        tokenizer,
        entry,
      );
    },
  };
}

interface OpenedModel {
  session: Session | EncoderSession;
  tokenizer: TextTokenizer;
}

async function openModel(
  model: ModelEntry,
  runtime: Runtime | undefined,
  source: IndexSource,
  onBytes: OnBytes,
): Promise<OpenedModel> {
  await checkWebAssembly();
  const files = [model.weights, model.tokenizer, model.tokenizerConfig];
  const loaded = files.map(() => 0);
  const [weights, tokenizer, config] = await Promise.all(
    files.map((file, at) =>
      readVerified(source, file, {
        keep: true,
        onBytes: (bytes) => {
          loaded[at] = bytes;
          onBytes(loaded.reduce((sum, part) => sum + part, 0));
        },
      }),
    ),
  );
  if (!weights || !tokenizer || !config)
    throw new SearchError('model-failed', `${model.name} is incomplete.`);
  return {
    tokenizer: openTokenizer(
      parseJson(tokenizer, model.tokenizer.path),
      parseJson(config, model.tokenizerConfig.path),
      model.name,
    ),
    session: runtime
      ? await runtime.createSession(weights, model.name)
      : await openEncoder(await inflate(weights, model.weights.path), model.name),
  };
}
