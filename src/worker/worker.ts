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

/**
 * Each index has a port of its own, and they share the models.
 *
 * WebKit evaluates a worker's script once more when code that it fetches later imports from it (the worker's own script
 * is not in its map of modules). A second listener would answer every message too, of an index that it has not opened.
 */
const answering = Symbol.for('second-look');
if (!(answering in globalThis)) {
  Object.defineProperty(globalThis, answering, { value: true });
  addEventListener('message', ({ ports: [port] }) => {
    Comlink.expose(createWorkerApi(models), port);
  });
}
