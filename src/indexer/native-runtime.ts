import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import { pad, type Session } from '../engine/model/session.js';
import type { ModelFolder } from './model-folder.js';

/**
 * Loads a model to run natively through transformers.js, which is no dependency because of its size: it brings ONNX
 * Runtime's native build, 288 MB on disk.
 * @throws where transformers.js is not installed, or does not take the model
 */
export async function nativeSession({ folder, weights }: ModelFolder): Promise<Session> {
  const { AutoModel, Tensor, env } = await import('@huggingface/transformers');
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
    lanes: 1,
    dispose: async () => {
      await model.dispose();
    },
  };
}
