import * as Comlink from 'comlink';
import { openEncoder } from '../../src/engine/encoder/open-encoder.js';
import { inflate } from '../../src/engine/index-file/inflate.js';
import { inParallel } from '../../src/engine/model/in-parallel.js';
import { openTokenizer } from '../../src/engine/model/tokenizer.js';
import { createCrossEncoder } from '../../src/engine/rerank/cross-encoder.js';
import { openLane } from '../../src/worker/open-lanes.js';
import { inBatches, type Scorer } from './scorer.js';

/** The lengths are reranker-v1's; only logits are looked at. */
const LIMITS = { maxQueryTokens: 48, maxTokens: 160, calibration: { scale: 1, offset: 0 } };

const read = async (path: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await fetch(path)).arrayBuffer());
const readJson = async (path: string): Promise<unknown> => (await fetch(path)).json();

let run: (query: string, passages: string[]) => Promise<number[]>;

/** The engine's own parts, put together as its worker does. */
const scorer: Scorer = {
  async open({ model, classifier, lanes = 1 }) {
    const started = performance.now();
    const folder = `/models/${model}`;
    const [weights, json, config] = await Promise.all([
      read(`${folder}/model.encoder`),
      readJson(`${folder}/tokenizer.json`),
      readJson(`${folder}/tokenizer_config.json`),
    ]);
    const first = await openEncoder(await inflate(weights, model), model);
    const others = await Promise.all(Array.from({ length: lanes - 1 }, () => openLane(first, model)));
    const session = inParallel([first, ...others]);
    const tokenizer = openTokenizer(json, config, model);
    const encoder = createCrossEncoder(session, tokenizer, LIMITS);
    run = classifier
      ? (query, passages) => encoder.logits(query, passages)
      : async (query, passages) => {
          const ids = tokenizer.ids(query);
          const inputs = passages.map((passage) =>
            tokenizer.framePair(ids, tokenizer.ids(passage), LIMITS.maxTokens),
          );
          const { data, dims } = await session.run(inputs);
          return inputs.map((_, row) => data[row * dims[1]!]!);
        };
    return performance.now() - started;
  },
  score: (query, passages, batch) => inBatches(passages, batch, (some) => run(query, some)),
};

Comlink.expose(scorer);
