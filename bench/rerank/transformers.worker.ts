import { AutoModel, AutoModelForSequenceClassification, AutoTokenizer, env } from '@huggingface/transformers';
import * as Comlink from 'comlink';
import { inBatches, type Scorer } from './scorer.js';

// Everything from our own server, where its docs would have it from the hub and a CDN.
env.allowRemoteModels = false;
env.allowLocalModels = true;
env.localModelPath = '/models/';
const { wasm } = env.backends.onnx as { wasm: { wasmPaths?: string; numThreads?: number } };
wasm.wasmPaths = new URL('/transformers/', location.href).href;
wasm.numThreads = 1;

let run: (query: string, passages: string[]) => Promise<number[]>;

/** As the model card of Xenova/ms-marco-MiniLM-L-6-v2 has it. */
const scorer: Scorer = {
  async open({ model: name, classifier, device }) {
    const started = performance.now();
    const options = { dtype: 'q8', device } as const;
    const [tokenizer, model] = await Promise.all([
      AutoTokenizer.from_pretrained(name),
      classifier
        ? AutoModelForSequenceClassification.from_pretrained(name, options)
        : AutoModel.from_pretrained(name, options),
    ]);
    run = async (query, passages) => {
      const inputs = tokenizer(
        passages.map(() => query),
        { text_pair: passages, padding: true, truncation: true },
      ) as Record<string, unknown>;
      const outputs = (await model(inputs)) as Record<string, { data: Float32Array }>;
      const { data } = Object.values(outputs)[0]!;
      const width = data.length / passages.length;
      return passages.map((_, row) => data[row * width]!);
    };
    return performance.now() - started;
  },
  score: (query, passages, batch) => inBatches(passages, batch, (some) => run(query, some)),
};

Comlink.expose(scorer);
