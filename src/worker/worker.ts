import * as Comlink from 'comlink';
import { loadCode } from '../engine/load-code.js';
import type { ModelOpener } from '../engine/model/open-model.js';
import { createWorkerApi } from './answer.js';

/**
 * Tokenizers and ONNX Runtime's loader are most of the worker's code, and keywords need neither: they are fetched with
 * the first model.
 */
async function loadModels(): Promise<ModelOpener> {
  return loadCode('models.js', async () => (await import('./models.js')).models);
}

const models: ModelOpener = {
  embedder: async (...model) => (await loadModels()).embedder(...model),
  reranker: async (...model) => (await loadModels()).reranker(...model),
};

Comlink.expose(createWorkerApi(models));
