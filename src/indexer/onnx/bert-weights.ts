import * as v from 'valibot';
import type { EncoderWeights, FloatLinear, FloatNorm } from '../../engine/encoder/encoder-file.js';
import { checkShape, type EncoderShape } from '../../engine/encoder/encoder-shape.js';
import { LinearWeights } from './linear-weights.js';
import { NotAnEncoder } from './not-an-encoder.js';
import { readOnnx } from './read-onnx.js';

const bertConfig = v.object({
  model_type: v.literal('bert'),
  hidden_act: v.optional(v.literal('gelu'), 'gelu'),
  position_embedding_type: v.optional(v.literal('absolute'), 'absolute'),
  vocab_size: v.number(),
  max_position_embeddings: v.number(),
  type_vocab_size: v.number(),
  hidden_size: v.number(),
  intermediate_size: v.number(),
  num_attention_heads: v.number(),
  num_hidden_layers: v.number(),
  layer_norm_eps: v.optional(v.number(), 1e-12),
  /** Our own: Hugging Face's classifiers take the first token. */
  pooling: v.optional(v.picklist(['mean', 'cls'])),
});

/**
 * The weights of a BERT encoder from its ONNX file and config.json, dequantised.
 * @param pooling how an embedder's token vectors become one; absent for a cross-encoder, which has a head
 * @throws NotAnEncoder where the model is another one, or its export hides the weights
 */
export function bertWeights(
  file: Uint8Array,
  config: unknown,
  pooling?: EncoderShape['pooling'],
): EncoderWeights {
  const read = v.safeParse(bertConfig, config);
  if (!read.success) {
    const [issue] = read.issues;
    throw new NotAnEncoder(`its config.json has another ${v.getDotPath(issue) ?? 'shape'} than BERT`);
  }
  const weights = new LinearWeights(readOnnx(file));
  // Classifiers have the encoder's names behind their own.
  const prefix = weights.values('bert.embeddings.LayerNorm.bias') ? 'bert.' : '';
  const norm = (name: string): FloatNorm => ({
    gain: values(`${prefix}${name}.weight`),
    bias: values(`${prefix}${name}.bias`),
  });
  /** A layer whose input has outlier channels calls its bias so (training/export_onnx.py). */
  const biasOf = (name: string): string | undefined =>
    [`${prefix}${name}.bias`, `${prefix}${name}.int8.bias`].find((bias) => weights.graph.constants.has(bias));
  const linear = (name: string): FloatLinear => weights.linear(biasOf(name) ?? `${prefix}${name}.bias`);
  const head = pooling === undefined ? classifier(weights, linear) : undefined;
  const shape = shapeOf(read.output, pooling, head);
  const encoder: EncoderWeights = {
    shape,
    words: values(`${prefix}embeddings.word_embeddings.weight`, `${prefix}embeddings.word`),
    positions: values(`${prefix}embeddings.position_embeddings.weight`, `${prefix}embeddings.position`),
    types: values(`${prefix}embeddings.token_type_embeddings.weight`, `${prefix}embeddings.token_type.table`),
    norm: norm('embeddings.LayerNorm'),
    layers: Array.from({ length: shape.layers }, (_, at) => {
      const layer = `encoder.layer.${at}`;
      return {
        attention: attention(`${layer}.attention.self`),
        output: linear(`${layer}.attention.output.dense`),
        outputNorm: norm(`${layer}.attention.output.LayerNorm`),
        up: linear(`${layer}.intermediate.dense`),
        down: linear(`${layer}.output.dense`),
        downNorm: norm(`${layer}.output.LayerNorm`),
      };
    }),
    ...(head && { head }),
  };
  checkSizes(encoder);
  return encoder;

  function values(...names: string[]): Float32Array {
    const found = weights.values(...names);
    if (!found) throw new NotAnEncoder(`it has no ${names[0]!}`);
    return found;
  }

  function attention(name: string): FloatLinear {
    if (biasOf(`${name}.joined`) !== undefined) return withoutScale(linear(`${name}.joined`), shape);
    return sideBySide(['query', 'key', 'value'].map((part) => linear(`${name}.${part}`)));
  }
}

type Classifier = NonNullable<EncoderWeights['head']>;

/** BERT's pooler and the scores of a classifier. */
function classifier(weights: LinearWeights, linear: (name: string) => FloatLinear): Classifier {
  const scores = weights.linear('classifier.bias');
  const labels = scores.bias.length;
  const width = scores.weights.length / labels;
  return {
    pooler: linear('pooler.dense'),
    weights: Float32Array.from(
      scores.weights,
      (_, at) => scores.weights[(at % width) * labels + Math.floor(at / width)]!,
    ),
    bias: scores.bias,
  };
}

/** training/export_onnx.py has the scale of attention in the queries' weights already. */
function withoutScale({ weights, bias }: FloatLinear, { width, heads }: EncoderShape): FloatLinear {
  const root = Math.sqrt(width / heads);
  const rescaled = (values: Float32Array): Float32Array =>
    values.map((value, at) => (at % (3 * width) < width ? value * root : value));
  return { weights: rescaled(weights), bias: rescaled(bias) };
}

function shapeOf(
  config: v.InferOutput<typeof bertConfig>,
  pooling: EncoderShape['pooling'] | undefined,
  head: Classifier | undefined,
): EncoderShape {
  const checked = checkShape({
    vocabulary: config.vocab_size,
    positions: config.max_position_embeddings,
    types: config.type_vocab_size,
    width: config.hidden_size,
    inner: config.intermediate_size,
    heads: config.num_attention_heads,
    layers: config.num_hidden_layers,
    epsilon: config.layer_norm_eps,
    pooling: pooling ?? config.pooling ?? 'cls',
    labels: head?.bias.length ?? 0,
  } satisfies EncoderShape);
  if ('fault' in checked) throw new NotAnEncoder(checked.fault);
  return checked.shape;
}

/** Matrices with the columns of all, one after another. */
function sideBySide(parts: readonly FloatLinear[]): FloatLinear {
  const columns = parts.map(({ bias }) => bias.length);
  const all = columns.reduce((sum, count) => sum + count, 0);
  const rows = parts[0]!.weights.length / columns[0]!;
  const joined = { weights: new Float32Array(rows * all), bias: new Float32Array(all) };
  let first = 0;
  parts.forEach(({ weights, bias }, part) => {
    const count = columns[part]!;
    joined.bias.set(bias, first);
    for (let row = 0; row < rows; row++)
      joined.weights.set(weights.subarray(row * count, (row + 1) * count), row * all + first);
    first += count;
  });
  return joined;
}

/** What the config says and what the file has may differ. */
function checkSizes({ shape, words, positions, types, norm, layers, head }: EncoderWeights): void {
  const { width, inner, labels } = shape;
  const expect = (what: string, found: number, expected: number): void => {
    if (found !== expected)
      throw new NotAnEncoder(`its ${what} has ${found} values where config.json makes ${expected}`);
  };
  const linear = (what: string, { weights, bias }: FloatLinear, from: number, to: number): void => {
    expect(what, weights.length, from * to);
    expect(`${what} bias`, bias.length, to);
  };
  const normal = (what: string, { gain, bias }: FloatNorm): void => {
    expect(`${what} gain`, gain.length, width);
    expect(`${what} bias`, bias.length, width);
  };
  expect('word embeddings', words.length, shape.vocabulary * width);
  expect('position embeddings', positions.length, shape.positions * width);
  expect('type embeddings', types.length, shape.types * width);
  normal('embedding norm', norm);
  for (const layer of layers) {
    linear('attention', layer.attention, width, 3 * width);
    linear('attention output', layer.output, width, width);
    normal('attention norm', layer.outputNorm);
    linear('feed-forward layer', layer.up, width, inner);
    linear('feed-forward output', layer.down, inner, width);
    normal('feed-forward norm', layer.downNorm);
  }
  if (!head) return;
  linear('pooler', head.pooler, width, width);
  expect('classifier', head.weights.length, labels * width);
}
