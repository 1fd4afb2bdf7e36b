import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { bertWeights } from './onnx/bert-weights.js';
import { writeEncoderFile } from '../engine/encoder/encoder-file.js';
import { openEncoder } from '../engine/encoder/open-encoder.js';
import type { Session } from '../engine/model/session.js';
import { openTokenizer, type TextTokenizer } from '../engine/model/tokenizer.js';
import { createCrossEncoder } from '../engine/rerank/cross-encoder.js';

/** Pairs with the token ids that they must become and the logits of the weights before quantisation. */
interface Example {
  query: string;
  passage: string;
  input_ids: number[];
  token_type_ids: number[];
  logit: number;
}

const MODEL = new URL('../../models/reranker-v1/', import.meta.url);
const read = (file: string): Buffer => readFileSync(new URL(file, MODEL));
const json = (file: string): unknown => JSON.parse(read(file).toString()) as unknown;
const examples = json('examples.json') as Example[];
const settings = { maxQueryTokens: 48, maxTokens: 160, calibration: { scale: 1, offset: 0 } };

let session: Session;
let tokenizer: TextTokenizer;

beforeAll(async () => {
  const file = writeEncoderFile(bertWeights(read('model.onnx'), json('config.json')));
  session = await openEncoder(file, 'reranker-v1');
  tokenizer = openTokenizer(json('tokenizer.json'), json('tokenizer_config.json'), 'reranker-v1');
});

describe('the quantised reranker-v1 on our own kernels', () => {
  it('reads its input as the model was trained to', () => {
    for (const { query, passage, input_ids, token_type_ids } of examples)
      expect(tokenizer.framePair(tokenizer.ids(query), tokenizer.ids(passage), 160)).toEqual({
        ids: input_ids,
        types: token_type_ids,
      });
  });

  it('scores the stored examples as the weights before quantisation do, to an eighth on average and to a quarter', async () => {
    const reranker = createCrossEncoder(session, tokenizer, settings);
    let apart = 0;
    for (const { query, passage, logit } of examples) {
      const [score] = await reranker.logits(query, [passage]);
      expect(Math.abs(score! - logit), query).toBeLessThan(0.25);
      apart += Math.abs(score! - logit) / examples.length;
    }
    expect(apart).toBeLessThan(0.125);
  });

  it('scores a pair the same alone and among others', async () => {
    const reranker = createCrossEncoder(session, tokenizer, settings);
    const passages = examples.map(({ passage }) => passage);
    const query = examples[0]!.query;
    const together = await reranker.logits(query, passages);
    // Another one, since what was read is remembered.
    const [alone] = await createCrossEncoder(session, tokenizer, settings).logits(query, [passages[2]!]);
    expect(alone).toBe(together[2]);
  });
});
