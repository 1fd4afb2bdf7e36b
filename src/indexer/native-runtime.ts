import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { pad, type Session } from '../engine/model/session.js';
import { createWasmSession } from '../engine/model/wasm-session.js';
import { importTransformers } from './import-transformers.js';
import type { ModelFolder } from './model-folder.js';

/**
 * Loads a model to run natively through transformers.js, about three times as quick as WebAssembly; in WebAssembly
 * where transformers.js is not installed.
 */
export async function openSession(model: ModelFolder): Promise<{ session: Session; native: boolean }> {
  try {
    return { session: await nativeSession(model), native: true };
  } catch {
    const weights = await readFile(join(model.folder, model.weights));
    return { session: await createWasmSession(weights, model.name), native: false };
  }
}

async function nativeSession({ folder, weights }: ModelFolder): Promise<Session> {
  const { AutoModel, Tensor, env } = await importTransformers('Native speed');
  env.localModelPath = dirname(folder);
  const model = await AutoModel.from_pretrained(basename(folder), {
    local_files_only: true,
    subfolder: dirname(weights) === '.' ? '' : dirname(weights),
    model_file_name: basename(weights, '.onnx'),
    // The file's name is given in full; fp32 adds nothing to it.
    dtype: 'fp32',
    session_options: { intraOpNumThreads: availableParallelism() },
  });
  return {
    async run(batch) {
      const { dims, ...columns } = pad(batch);
      const inputs = Object.entries(columns).map(
        ([name, ids]) => [name, new Tensor('int64', ids, dims)] as const,
      );
      const outputs = (await model(Object.fromEntries(inputs))) as Record<
        string,
        { data: Float32Array; dims: number[] }
      >;
      const output = Object.values(outputs)[0];
      if (!output) throw new Error('The model gave no output.');
      return { data: output.data, dims: output.dims };
    },
    dispose: async () => {
      await model.dispose();
    },
  };
}
