import { SearchError } from '../engine/errors.js';
import { readVerified } from '../engine/index-file/source.js';
import type { OpenRuntime } from '../engine/model/open-model.js';
import { configureRuntime, createWasmSession, RUNTIME_VERSION } from '../engine/model/wasm-session.js';

/** Runs models in ONNX Runtime's WebAssembly, which the index brings. */
export const openRuntime: OpenRuntime = async ({ runtime }, source) => {
  if (!runtime) throw new SearchError('model-failed', 'The index was built without a model runtime.');
  if (runtime.version !== RUNTIME_VERSION)
    throw new SearchError(
      'wrong-format',
      `The index brings ONNX Runtime ${runtime.version}, this script needs ${RUNTIME_VERSION}. ` +
        'Build the index with the same version of second-look as the script.',
    );
  const { buffer } = await readVerified(source, runtime.binary, { keep: true });
  configureRuntime(source.url(runtime.module.path), buffer);
  return { createSession: createWasmSession };
};
