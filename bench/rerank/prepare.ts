import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DEFAULT_EMBEDDER, DEFAULT_RERANKER, findModel } from '../../src/indexer/find-model.js';
import type { ModelFolder } from '../../src/indexer/model-folder.js';
import { modelWeights } from '../../src/indexer/model-weights.js';
import { bundle } from '../browser/bundle.js';
import { compressFolder } from '../browser/compress-folder.js';

/** A model to score with. */
export interface RerankModel {
  name: string;
  /** Its folder under `/models/`. */
  folder: string;
  classifier: boolean;
}

/** The product's cross-encoder, and an encoder of the size that most cross-encoders on the hub have. */
export const MODELS: readonly RerankModel[] = [
  { name: DEFAULT_RERANKER, folder: 'reranker', classifier: true },
  { name: 'MiniLM-L6 shape', folder: 'minilm', classifier: false },
];

/** Writes what the pages of this benchmark load: workers, runtimes and models. */
export async function prepareScorers(folder: string): Promise<void> {
  await bundle(folder, {
    'second-look.worker': new URL('second-look.worker.ts', import.meta.url),
    'start-scorer': new URL('start-scorer.ts', import.meta.url),
  });
  await bundle(folder, { 'transformers.worker': new URL('transformers.worker.ts', import.meta.url) });
  const runtime = dirname(
    createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'),
  );
  const name = 'ort-wasm-simd-threaded.asyncify';
  for (const extension of ['mjs', 'wasm'])
    await cp(join(runtime, `${name}.${extension}`), join(folder, 'transformers', `${name}.${extension}`));
  await copyModel(await findModel(DEFAULT_RERANKER, 'reranker'), join(folder, 'models', 'reranker'));
  await copyModel(await findModel(DEFAULT_EMBEDDER, 'embedder'), join(folder, 'models', 'minilm'), 'mean');
  await compressFolder(folder);
}

/** The layout of the hub, which transformers.js expects; and the weights as visitors of ours load them. */
async function copyModel(model: ModelFolder, to: string, pooling?: 'mean'): Promise<void> {
  const { folder, weights } = model;
  await mkdir(join(to, 'onnx'), { recursive: true });
  await cp(join(folder, weights), join(to, 'onnx', 'model_quantized.onnx'));
  await writeFile(join(to, 'model.encoder'), (await modelWeights(model, pooling).packed()).bytes);
  for (const file of ['config.json', 'tokenizer.json', 'tokenizer_config.json'])
    await cp(join(folder, file), join(to, file));
}
