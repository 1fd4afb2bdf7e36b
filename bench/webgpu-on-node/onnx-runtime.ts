import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Ort from 'onnxruntime-web';
import { pad } from '../../src/engine/model/session.js';
import type { ModelInput } from '../../src/engine/model/tokenizer.js';
import { farthest, rounded, type Runs, timed, type Timing } from './timing.js';

export type OnnxRuntime = typeof Ort;
export type Provider = 'webgpu' | 'wasm';

export interface OnnxFigures {
  opened: number;
  timing: Timing;
  scores: number[];
}

/** A model on ONNX Runtime, and how far its scores are from those of others. */
export type OnnxRow = Omit<OnnxFigures, 'scores'> & Record<`off${string}`, number>;

/**
 * Loads ONNX Runtime's build for WebGPU, which has WebAssembly too.
 * @param folder dist/ of onnxruntime-web. By its file's name: in Node, the package gives another build
 */
export async function loadOnnxRuntime(folder: string): Promise<OnnxRuntime> {
  const url = pathToFileURL(join(folder, '/'));
  const ort = (await import(/* @vite-ignore */ new URL('ort.webgpu.min.mjs', url).href)) as OnnxRuntime;
  ort.env.wasm.wasmPaths = url.href;
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  return ort;
}

export async function measureOnnx(
  ort: OnnxRuntime,
  model: Uint8Array,
  provider: Provider,
  pairs: readonly ModelInput[],
  runs: Runs,
): Promise<OnnxFigures> {
  const began = performance.now();
  const session = await ort.InferenceSession.create(model, {
    executionProviders: [provider],
    logSeverityLevel: 3,
  });
  const opened = rounded(performance.now() - began);
  try {
    const score = async (batch: readonly ModelInput[]): Promise<Float32Array> => {
      const { dims, ...columns } = pad(batch);
      const feeds = Object.entries(columns).map(([name, ids]) => [name, new ort.Tensor('int64', ids, dims)]);
      const { logits } = await session.run(Object.fromEntries(feeds) as Ort.InferenceSession.FeedsType);
      return logits!.data as Float32Array;
    };
    return { opened, ...(await timed(pairs, score, provider === 'wasm' ? runs.wasm : runs.gpu)) };
  } finally {
    await session.release();
  }
}

/** @param others scores to hold these against, by what to call the difference */
export function rowOf(
  { scores, ...figures }: OnnxFigures,
  others: Record<`off${string}`, number[]>,
): OnnxRow {
  const differences = Object.entries(others).map(([name, other]) => [name, farthest(scores, other)]);
  return { ...figures, ...(Object.fromEntries(differences) as Record<`off${string}`, number>) };
}
