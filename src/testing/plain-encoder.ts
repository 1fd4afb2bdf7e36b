import type { EncoderWeights, FloatLinear, FloatNorm } from '../engine/encoder/encoder-file.js';
import type { EncoderShape } from '../engine/encoder/encoder-shape.js';
import type { ModelInput } from '../engine/model/tokenizer.js';
import { random } from '../evaluate/random.js';

/** Weights of about the size that a trained encoder's are. */
export function randomWeights(shape: EncoderShape, seed: number): EncoderWeights {
  const next = random(seed);
  const around = (middle: number, spread: number, count: number): Float32Array =>
    Float32Array.from({ length: count }, () => middle + spread * (2 * next() - 1));
  const { width, inner, labels } = shape;
  const linear = (from: number, to: number): FloatLinear => ({
    weights: around(0, 1.5 / Math.sqrt(from), from * to),
    bias: around(0, 0.2, to),
  });
  const norm = (): FloatNorm => ({ gain: around(1, 0.2, width), bias: around(0, 0.2, width) });
  return {
    ...{ shape, norm: norm() },
    words: around(0, 0.1, shape.vocabulary * width),
    positions: around(0, 0.05, shape.positions * width),
    types: around(0, 0.05, shape.types * width),
    layers: Array.from({ length: shape.layers }, () => ({
      attention: linear(width, 3 * width),
      output: linear(width, width),
      outputNorm: norm(),
      up: linear(width, inner),
      down: linear(inner, width),
      downNorm: norm(),
    })),
    ...(labels > 0 && {
      head: {
        pooler: linear(width, width),
        weights: around(0, 1.5 / Math.sqrt(width), labels * width),
        bias: around(0, 0.2, labels),
      },
    }),
  };
}

export function randomInput({ vocabulary, types }: EncoderShape, tokens: number, seed: number): ModelInput {
  const next = random(seed);
  const below = (count: number): number[] => Array.from({ length: tokens }, () => Math.floor(next() * count));
  return { ids: below(vocabulary), types: below(types) };
}

/** BERT (Devlin et al. 2019) as the paper has it, in plain float64 and with the weights as they are. */
export function plainEncoder(
  { shape, words, positions, types, norm, layers, head }: EncoderWeights,
  input: ModelInput,
): number[] {
  const { width, heads, epsilon, pooling, labels } = shape;
  const row = (table: Float32Array, at: number): Float32Array => table.subarray(at * width, (at + 1) * width);
  let vectors = input.ids.map((id, at) =>
    normalised(
      sum(sum([...row(words, id)], row(positions, at)), row(types, input.types[at]!)),
      norm,
      epsilon,
    ),
  );
  for (const layer of layers) {
    const joined = vectors.map((vector) => linear(vector, layer.attention));
    const attended = joined.map((own) =>
      Array.from({ length: heads }, (_, head) => {
        const part = (of: readonly number[], kind: number): number[] => {
          const start = kind * width + (head * width) / heads;
          return of.slice(start, start + width / heads);
        };
        const scores = joined.map((other) => dot(part(own, 0), part(other, 1)) / Math.sqrt(width / heads));
        const powers = scores.map((score) => Math.exp(score - Math.max(...scores)));
        const total = powers.reduce((left, right) => left + right);
        return joined.reduce(
          (sums, other, at) =>
            sum(
              sums,
              part(other, 2).map((value) => (value * powers[at]!) / total),
            ),
          part(own, 2).map(() => 0),
        );
      }).flat(),
    );
    vectors = vectors.map((vector, at) =>
      normalised(sum(linear(attended[at]!, layer.output), vector), layer.outputNorm, epsilon),
    );
    vectors = vectors.map((vector) =>
      normalised(
        sum(linear(linear(vector, layer.up).map(gelu), layer.down), vector),
        layer.downNorm,
        epsilon,
      ),
    );
  }
  const pooled = pooling === 'cls' ? vectors[0]! : vectors.reduce(sum).map((value) => value / vectors.length);
  if (!head) return pooled;
  const vector = linear(pooled, head.pooler).map(Math.tanh);
  return Array.from(
    { length: labels },
    (_, label) => head.bias[label]! + dot(vector, row(head.weights, label)),
  );
}

function linear(vector: readonly number[], { weights, bias }: FloatLinear): number[] {
  return Array.from(bias, (start, column) =>
    vector.reduce((total, value, at) => total + value * weights[at * bias.length + column]!, start),
  );
}

function normalised(vector: readonly number[], { gain, bias }: FloatNorm, epsilon: number): number[] {
  const mean = vector.reduce((left, right) => left + right) / vector.length;
  const variance = vector.reduce((total, value) => total + (value - mean) ** 2, 0) / vector.length;
  return vector.map((value, at) => ((value - mean) / Math.sqrt(variance + epsilon)) * gain[at]! + bias[at]!);
}

function gelu(x: number): number {
  return x * 0.5 * (1 + erf(x / Math.SQRT2));
}

/** By its Taylor series, which is right as far as float64 goes for what a layer has. */
function erf(x: number): number {
  if (Math.abs(x) > 5) return Math.sign(x);
  let term = x;
  let total = x;
  for (let n = 1; Math.abs(term) > 1e-17; n++) {
    term *= -(x * x) / n;
    total += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}

function sum(left: readonly number[], right: ArrayLike<number>): number[] {
  return left.map((value, at) => value + right[at]!);
}

function dot(left: readonly number[], right: ArrayLike<number>): number {
  return left.reduce((total, value, at) => total + value * right[at]!, 0);
}
