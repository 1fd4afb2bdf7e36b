import type { EncoderShape } from './encoder-shape.js';

/** Where the parts of an encoder lie, in bytes from where its tables begin. Every part begins at a multiple of 16. */
export interface EncoderLayout {
  words: Table;
  positions: Table;
  types: Table;
  norm: Norm;
  layers: Layer[];
  head?: Head;
  /** Bytes of all parts. */
  bytes: number;
}

/** Rows of int8, with a float32 scale each. */
export interface Table {
  count: number;
  scales: number;
  rows: number;
}

/** Gain and bias, float32. */
export interface Norm {
  gain: number;
  bias: number;
}

/** A linear layer: for each of `columns` outputs, `inner` int8 weights and a value each of the other kinds. */
export interface Linear {
  inner: number;
  columns: number;
  /** The sum of a column's weights with the sign turned, int32: activations have their zero added. */
  sums: number;
  factors: number;
  bias: number;
  /** In the order that kernels/linear.ts reads. */
  weights: number;
}

export interface Layer {
  /** Query, key and value side by side. */
  attention: Linear;
  output: Linear;
  outputNorm: Norm;
  up: Linear;
  down: Linear;
  downNorm: Norm;
}

/** BERT's pooler (a linear layer and tanh), and a score for each label: float32, a label's weights in a row. */
export interface Head {
  pooler: Linear;
  weights: number;
  bias: number;
}

/** Lays an encoder out. The file has its parts in this order, and nothing between them but zeros up to 16 bytes. */
export function layOut({
  vocabulary,
  positions,
  types,
  width,
  inner,
  layers,
  labels,
}: EncoderShape): EncoderLayout {
  let end = 0;
  const take = (bytes: number): number => {
    const start = end;
    end = Math.ceil((start + bytes) / 16) * 16;
    return start;
  };
  const floats = (count: number): number => take(4 * count);
  const table = (count: number): Table => ({ count, scales: floats(count), rows: take(count * width) });
  const norm = (): Norm => ({ gain: floats(width), bias: floats(width) });
  const linear = (from: number, to: number): Linear => ({
    ...{ inner: from, columns: to },
    ...{ sums: floats(to), factors: floats(to), bias: floats(to), weights: take(from * to) },
  });
  const layer = (): Layer => ({
    attention: linear(width, 3 * width),
    output: linear(width, width),
    outputNorm: norm(),
    up: linear(width, inner),
    down: linear(inner, width),
    downNorm: norm(),
  });
  const head = (): Head => ({
    pooler: linear(width, width),
    weights: floats(labels * width),
    bias: floats(labels),
  });
  return {
    ...{ words: table(vocabulary), positions: table(positions), types: table(types), norm: norm() },
    layers: Array.from({ length: layers }, layer),
    ...(labels > 0 && { head: head() }),
    // Read last: the parts above have moved it.
    get bytes() {
      return end;
    },
  };
}
