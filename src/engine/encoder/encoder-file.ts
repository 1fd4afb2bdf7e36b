import { ByteReader, ByteWriter, damagedFile } from '../index-file/bytes.js';
import { parseJson } from '../index-file/manifest.js';
import { type EncoderLayout, layOut, type Linear, type Norm, type Table } from './encoder-layout.js';
import { checkShape, type EncoderShape } from './encoder-shape.js';

/**
 * An encoder as a file: "SLE1" | bytes of the shape u32 | shape, JSON | zeros up to a multiple of 16 | parts as
 * `layOut` has them.
 */
const TAG = 'SLE1';

/** Weights in float32. Matrices have a row for each input; tables one for each word, position or type. */
export interface EncoderWeights {
  shape: EncoderShape;
  words: Float32Array;
  positions: Float32Array;
  types: Float32Array;
  norm: FloatNorm;
  layers: readonly {
    attention: FloatLinear;
    output: FloatLinear;
    outputNorm: FloatNorm;
    up: FloatLinear;
    down: FloatLinear;
    downNorm: FloatNorm;
  }[];
  /** Where the shape has labels. `weights` has a row for each label. */
  head?: { pooler: FloatLinear; weights: Float32Array; bias: Float32Array };
}

export interface FloatNorm {
  gain: Float32Array;
  bias: Float32Array;
}

export interface FloatLinear {
  weights: Float32Array;
  bias: Float32Array;
}

/** An encoder's file, opened. */
export interface EncoderFile {
  shape: EncoderShape;
  layout: EncoderLayout;
  /** The parts; a view of the file. */
  parts: Uint8Array;
}

/** Whether a file is an encoder of ours, and no ONNX. */
export function isEncoderFile(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, TAG.length)) === TAG;
}

/** Rounds an encoder's matrices to int8, a scale for each output or row, and writes the file. */
export function writeEncoderFile({ shape, head, ...weights }: EncoderWeights): Uint8Array<ArrayBuffer> {
  const layout = layOut(shape);
  const parts = new Uint8Array(layout.bytes);
  const floats = (at: number, values: Float32Array): void =>
    new Float32Array(parts.buffer, at, values.length).set(values);
  const norm = (to: Norm, { gain, bias }: FloatNorm): void => {
    floats(to.gain, gain);
    floats(to.bias, bias);
  };
  const table = ({ count, scales, rows }: Table, values: Float32Array): void => {
    const target = new Int8Array(parts.buffer, rows);
    const factors = new Float32Array(parts.buffer, scales, count);
    for (let row = 0; row < count; row++) {
      const own = values.subarray(row * shape.width, (row + 1) * shape.width);
      const scale = scaleOf(own);
      factors[row] = scale;
      for (let at = 0; at < own.length; at++) target[row * shape.width + at] = Math.round(own[at]! / scale);
    }
  };
  const linear = (to: Linear, from: FloatLinear): void => {
    floats(to.bias, from.bias);
    const { scales, sums } = pack(from.weights, to, new Int8Array(parts.buffer, to.weights));
    floats(to.factors, scales);
    new Int32Array(parts.buffer, to.sums, to.columns).set(sums);
  };

  table(layout.words, weights.words);
  table(layout.positions, weights.positions);
  table(layout.types, weights.types);
  norm(layout.norm, weights.norm);
  layout.layers.forEach((to, at) => {
    const from = weights.layers[at]!;
    linear(to.attention, from.attention);
    linear(to.output, from.output);
    norm(to.outputNorm, from.outputNorm);
    linear(to.up, from.up);
    linear(to.down, from.down);
    norm(to.downNorm, from.downNorm);
  });
  if (layout.head && head) {
    linear(layout.head.pooler, head.pooler);
    floats(layout.head.weights, head.weights);
    floats(layout.head.bias, head.bias);
  }

  const json = new TextEncoder().encode(JSON.stringify(shape));
  const file = new ByteWriter(partsBegin(json.length) + parts.length);
  file.tag(TAG);
  file.u32(json.length);
  file.raw(json);
  file.raw(new Uint8Array(partsBegin(json.length) - file.length));
  file.raw(parts);
  return file.finish();
}

/**
 * Opens an encoder's file.
 * @throws SearchError `damaged-file`
 */
export function readEncoderFile(bytes: Uint8Array, name: string): EncoderFile {
  const reader = new ByteReader(bytes, name);
  reader.tag(TAG);
  const json = reader.raw(reader.u32());
  const checked = checkShape(parseJson(json, name));
  if ('fault' in checked) throw damagedFile(name, checked.fault);
  const layout = layOut(checked.shape);
  const begin = partsBegin(json.length);
  if (bytes.length !== begin + layout.bytes)
    throw damagedFile(name, `it has ${bytes.length} bytes where its sizes make ${begin + layout.bytes}`);
  return { shape: checked.shape, layout, parts: bytes.subarray(begin) };
}

function partsBegin(jsonBytes: number): number {
  return Math.ceil((TAG.length + 4 + jsonBytes) / 16) * 16;
}

/** Writes a matrix in panels of eight columns, four rows in turn, and returns the columns' scales and their sums with the sign turned. */
function pack(
  matrix: Float32Array,
  { inner, columns }: Pick<Linear, 'inner' | 'columns'>,
  to: Int8Array,
): { scales: Float32Array; sums: Int32Array } {
  const scales = new Float32Array(columns);
  const sums = new Int32Array(columns);
  const column = new Float32Array(inner);
  for (let at = 0; at < columns; at++) {
    for (let row = 0; row < inner; row++) column[row] = matrix[row * columns + at]!;
    const scale = scaleOf(column);
    scales[at] = scale;
    const panel = (at - (at % 8)) * inner;
    for (let row = 0; row < inner; row++) {
      const weight = Math.round(column[row]! / scale);
      to[panel + (row >> 2) * 32 + (at % 8) * 4 + (row & 3)] = weight;
      sums[at]! -= weight;
    }
  }
  return { scales, sums };
}

/** The scale that makes the largest value 127. */
function scaleOf(values: Float32Array): number {
  let peak = 0;
  for (const value of values) peak = Math.max(peak, Math.abs(value));
  return peak > 0 ? peak / 127 : 1;
}
