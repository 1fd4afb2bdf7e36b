import * as ort from 'onnxruntime-web/wasm';
import { messageOf, SearchError } from '../errors.js';
import { letEventsIn } from '../let-events-in.js';
import { oneAtATime } from './one-at-a-time.js';
import { pad, type Session } from './session.js';

/** The version of ONNX Runtime in this build; the runtime's files must be of the same one. */
export const RUNTIME_VERSION: string = ort.env.versions.web ?? '';

/**
 * Gives ONNX Runtime its WebAssembly, and the absolute URL of its loader: a relative one breaks in workers of other
 * origins.
 */
export function configureRuntime(module: string, binary: ArrayBuffer): void {
  ort.env.wasm.wasmPaths = { mjs: module };
  ort.env.wasm.wasmBinary = binary;
}

// One thread needs no COOP/COEP headers, and is quicker than two on a busy machine with two cores.
ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

/** Of all models together. A run blocks, so events go first. */
const inTurn = oneAtATime();
const exclusively = <T>(run: () => Promise<T>): Promise<T> =>
  inTurn(async () => {
    await letEventsIn();
    return run();
  });

/**
 * Loads ONNX weights into WebAssembly.
 * @throws SearchError `model-failed` when the runtime does not start or the weights are not ONNX
 */
export async function createWasmSession(weights: Uint8Array, name: string): Promise<Session> {
  let session: ort.InferenceSession;
  try {
    session = await exclusively(() => ort.InferenceSession.create(weights, { executionProviders: ['wasm'] }));
  } catch (error) {
    throw new SearchError('model-failed', `${name} could not be started: ${messageOf(error)}.`, {
      cause: error,
    });
  }
  const [outputName] = session.outputNames;

  return {
    lanes: 1,
    async run(batch) {
      const { dims, ...columns } = pad(batch);
      const feeds: Record<string, ort.Tensor> = {};
      for (const [input, ids] of Object.entries(columns))
        if (session.inputNames.includes(input)) feeds[input] = new ort.Tensor('int64', ids, dims);
      const outputs = await exclusively(() => session.run(feeds));
      const output = outputs[outputName ?? ''];
      if (!(output?.data instanceof Float32Array))
        throw new SearchError(
          'model-failed',
          `${name} gave no float32 output; use a model exported in fp32 or int8.`,
        );
      return { data: output.data, dims: output.dims };
    },
    dispose: () => session.release(),
  };
}
