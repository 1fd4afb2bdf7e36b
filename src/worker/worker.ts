import * as Comlink from 'comlink';
import { SearchError } from '../engine/errors.js';
import { modelOpener, type OpenRuntime } from '../engine/model/open-model.js';
import { configureRuntime, createWasmSession, RUNTIME_VERSION } from '../engine/model/wasm-session.js';
import { createWorkerApi } from './answer.js';

/** Runs models in WebAssembly, with the runtime that the index brings. */
const openRuntime: OpenRuntime = ({ runtime }, source) => {
  if (!runtime)
    return Promise.reject(new SearchError('missing-file', 'The index was built without a model runtime.'));
  if (runtime.version !== RUNTIME_VERSION)
    return Promise.reject(
      new SearchError(
        'wrong-format',
        `The index brings ONNX Runtime ${runtime.version}, this script needs ${RUNTIME_VERSION}. ` +
          'Build the index with the same version of second-look as the script.',
      ),
    );
  if (typeof WebAssembly === 'undefined')
    // Said before the models are fetched: there would be no use for them.
    return Promise.reject(
      new SearchError('model-failed', 'A model needs WebAssembly, which this browser does not offer.'),
    );
  configureRuntime({ module: source.url(runtime.module.path), binary: source.url(runtime.binary.path) });
  return Promise.resolve({ createSession: createWasmSession });
};

Comlink.expose(createWorkerApi(modelOpener(openRuntime)));
