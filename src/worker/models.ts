import { messageOf, SearchError } from '../engine/errors.js';
import { readVerified } from '../engine/index-file/source.js';
import { modelOpener, type OpenRuntime } from '../engine/model/open-model.js';
import { configureRuntime, createWasmSession, RUNTIME_VERSION } from '../engine/model/wasm-session.js';

/** Runs models in WebAssembly, with the runtime that the index brings. */
const openRuntime: OpenRuntime = async ({ runtime }, source) => {
  if (!runtime) throw new SearchError('model-failed', 'The index was built without a model runtime.');
  if (runtime.version !== RUNTIME_VERSION)
    throw new SearchError(
      'wrong-format',
      `The index brings ONNX Runtime ${runtime.version}, this script needs ${RUNTIME_VERSION}. ` +
        'Build the index with the same version of second-look as the script.',
    );
  await checkWebAssembly();
  const { buffer } = await readVerified(source, runtime.binary, { keep: true });
  configureRuntime(source.url(runtime.module.path), buffer);
  return { createSession: createWasmSession };
};

/** Finds out before the models are fetched whether there is a use for them. */
async function checkWebAssembly(): Promise<void> {
  if (typeof WebAssembly === 'undefined')
    throw new SearchError('model-failed', 'A model needs WebAssembly, which this browser does not offer.');
  try {
    // The smallest module: magic number and version.
    await WebAssembly.compile(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  } catch (error) {
    throw new SearchError(
      'model-failed',
      `A model needs WebAssembly, which is refused here (${messageOf(error)}). Add 'wasm-unsafe-eval' to script-src.`,
      { cause: error },
    );
  }
}

/** Opens an index's models with the WebAssembly of ONNX Runtime. */
export const models = modelOpener(openRuntime);
