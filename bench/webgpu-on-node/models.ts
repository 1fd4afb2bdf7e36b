import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { EncoderWeights, FloatLinear } from '../../src/engine/encoder/encoder-file.js';
import type { EncoderShape } from '../../src/engine/encoder/encoder-shape.js';
import { type ModelInput, openTokenizer } from '../../src/engine/model/tokenizer.js';
import { bertWeights } from '../../src/indexer/onnx/bert-weights.js';
import { randomWeights } from '../../src/testing/plain-encoder.js';

export const CANDIDATES = 20;
export const TOKENS = 96;
const QUERY = 'how do I make the search work offline';

/** A pair whose logit is known, of the weights before they were rounded to int8. */
export interface Example {
  input: ModelInput;
  logit: number;
}

export interface CheckedModel {
  name: string;
  weights: EncoderWeights;
  /** The int8 ONNX file that the weights are from. */
  onnx?: Uint8Array;
  pairs: ModelInput[];
  examples: Example[];
}

interface StoredExample {
  input_ids: number[];
  token_type_ids: number[];
  logit: number;
}

/** The product's reranker, with a question and passages of the README. */
export async function readReranker(folder: string, readme: string): Promise<CheckedModel> {
  const json = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(join(folder, name), 'utf8')) as unknown;
  const tokenizer = openTokenizer(await json('tokenizer.json'), await json('tokenizer_config.json'), folder);
  const query = tokenizer.ids(QUERY);
  const text = tokenizer.ids(await readFile(readme, 'utf8'));
  const step = Math.floor(text.length / CANDIDATES);
  if (step < TOKENS)
    throw new Error(`${readme} is too short for ${CANDIDATES} passages of ${TOKENS} tokens.`);
  const onnx = await readFile(join(folder, 'model.onnx'));
  return {
    name: basename(folder),
    weights: bertWeights(onnx, await json('config.json')),
    onnx,
    pairs: Array.from({ length: CANDIDATES }, (_, at) =>
      tokenizer.framePair(query, text.slice(at * step), TOKENS),
    ),
    examples: ((await json('examples.json')) as StoredExample[]).map(
      ({ input_ids, token_type_ids, logit }) => ({
        input: { ids: input_ids, types: token_type_ids },
        logit,
      }),
    ),
  };
}

/** ms-marco-MiniLM-L-6-v2 and most cross-encoders on the hub are of this shape; for its time alone. */
export function randomMiniLm(pairs: ModelInput[]): CheckedModel {
  const shape: EncoderShape = {
    ...{ vocabulary: 30522, positions: 512, types: 2, width: 384, inner: 1536, heads: 12, layers: 6 },
    ...{ epsilon: 1e-12, pooling: 'cls', labels: 1 },
  };
  return { name: 'MiniLM-L6 shape, random weights', weights: randomWeights(shape, 1), pairs, examples: [] };
}

/**
 * The weights as the product's file has them: matrices rounded to int8, a scale for each output or row. What runs them
 * in float32 differs from the graphics processor by its arithmetic alone.
 */
export function roundedWeights(weights: EncoderWeights): EncoderWeights {
  const { width, inner } = weights.shape;
  const linear = ({ weights: matrix, bias }: FloatLinear, columns: number): FloatLinear => ({
    weights: roundedBy(matrix, (at) => at % columns, columns),
    bias,
  });
  const table = (values: Float32Array): Float32Array =>
    roundedBy(values, (at) => Math.floor(at / width), values.length / width);
  return {
    ...weights,
    words: table(weights.words),
    positions: table(weights.positions),
    types: table(weights.types),
    layers: weights.layers.map((layer) => ({
      ...layer,
      attention: linear(layer.attention, 3 * width),
      output: linear(layer.output, width),
      up: linear(layer.up, inner),
      down: linear(layer.down, width),
    })),
    ...(weights.head && { head: { ...weights.head, pooler: linear(weights.head.pooler, width) } }),
  };
}

/** Rounds values so that the largest of each group becomes 127 steps. */
function roundedBy(values: Float32Array, groupOf: (at: number) => number, groups: number): Float32Array {
  const peaks = new Float32Array(groups);
  values.forEach((value, at) => {
    const group = groupOf(at);
    peaks[group] = Math.max(peaks[group]!, Math.abs(value));
  });
  const scales = peaks.map((peak) => (peak > 0 ? peak / 127 : 1));
  return values.map((value, at) => {
    const scale = scales[groupOf(at)]!;
    return Math.round(value / scale) * scale;
  });
}
