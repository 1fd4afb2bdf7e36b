import type { EncoderShape } from '../encoder-shape.js';

/**
 * What a shader reads from an encoder's parts it finds at offsets in 32-bit words. Weights stay int8, four inputs of a
 * column to a word, in the order that kernels/linear.ts has; they are multiplied in float32.
 */
const PARTS = /* wgsl */ `
@group(0) @binding(0) var<storage, read> parts: array<u32>;
fn part(at: u32) -> f32 { return bitcast<f32>(parts[at]); }
`;

/** Rows and columns of a tile of `linear`; a workgroup's 256 threads have 4 × 4 of its values each. */
export const TILE = 64;

/** out = x · W + bias for `rows` rows, through GELU where `gelu` is 1. */
export const LINEAR = /* wgsl */ `
${PARTS}
struct Linear { inner: u32, columns: u32, weights: u32, factors: u32, bias: u32, gelu: u32 }
@group(0) @binding(1) var<uniform> layer: Linear;
@group(0) @binding(2) var<uniform> rows: u32;
@group(0) @binding(3) var<storage, read> x: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> out: array<f32>;

// Of ${TILE} rows and ${TILE} columns, sixteen inputs each.
var<workgroup> xs: array<vec4f, ${TILE * 4}>;
var<workgroup> ws: array<vec4f, ${TILE * 4}>;

// unpack4xI8 is not in every browser yet.
fn bytes(word: u32) -> vec4f {
  return vec4f(bitcast<vec4i>(vec4u(word) << vec4u(24, 16, 8, 0)) >> vec4u(24));
}

// Abramowitz & Stegun (1964), 7.1.26: off by at most 1.5e-7.
fn erf(x: f32) -> f32 {
  let t = 1 / (1 + 0.3275911 * abs(x));
  let sum = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return sign(x) * (1 - sum * exp(-x * x));
}

@compute @workgroup_size(256)
fn linear(@builtin(workgroup_id) tile: vec3u, @builtin(local_invocation_index) thread: u32) {
  let quarter = layer.inner / 4;
  let row = tile.x * ${TILE} + thread / 4;
  let column = tile.y * ${TILE} + thread / 4;
  let fourth = thread % 4;
  let top = (thread / 16) * 4;
  let left = (thread % 16) * 4;
  var sums: array<vec4f, 4>;
  for (var at = 0u; at < quarter; at += 4) {
    xs[thread] = select(vec4f(), x[min(row, rows - 1) * quarter + at + fourth], row < rows);
    if (column < layer.columns) {
      ws[thread] = bytes(parts[layer.weights + ((column / 8) * quarter + at + fourth) * 8 + column % 8]);
    }
    workgroupBarrier();
    for (var k = 0u; k < 4; k++) {
      let w0 = ws[left * 4 + k];
      let w1 = ws[(left + 1) * 4 + k];
      let w2 = ws[(left + 2) * 4 + k];
      let w3 = ws[(left + 3) * 4 + k];
      for (var i = 0u; i < 4; i++) {
        let value = xs[(top + i) * 4 + k];
        sums[i] += vec4f(dot(value, w0), dot(value, w1), dot(value, w2), dot(value, w3));
      }
    }
    workgroupBarrier();
  }
  for (var i = 0u; i < 4; i++) {
    for (var j = 0u; j < 4; j++) {
      let r = tile.x * ${TILE} + top + i;
      let c = tile.y * ${TILE} + left + j;
      if (r < rows && c < layer.columns) {
        let value = sums[i][j] * part(layer.factors + c) + part(layer.bias + c);
        out[r * layer.columns + c] = select(value, 0.5 * value * (1 + erf(value * 0.70710678)), layer.gelu == 1);
      }
    }
  }
}
`;

/** Threads of a workgroup of `attend` and of `addNorm`. */
export const THREADS = 64;

/**
 * Attention of every row's queries to the keys and values of its own text (its rows from `x` to below `y` of `texts`), a
 * thread for each row and head. The softmax is kept up key by key (Milakov & Gimelshein 2018).
 */
export function attend({ width, heads }: EncoderShape): string {
  const fours = width / heads / 4;
  return /* wgsl */ `
@group(0) @binding(0) var<storage, read> texts: array<vec2u>;
@group(0) @binding(1) var<uniform> rows: u32;
@group(0) @binding(2) var<storage, read> joined: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> out: array<vec4f>;

@compute @workgroup_size(${THREADS})
fn attend(@builtin(global_invocation_id) id: vec3u) {
  let row = id.x / ${heads};
  let head = id.x % ${heads};
  if (row >= rows) { return; }
  var query: array<vec4f, ${fours}>;
  var sums: array<vec4f, ${fours}>;
  for (var i = 0u; i < ${fours}; i++) {
    query[i] = joined[row * ${(3 * width) / 4} + head * ${fours} + i] * ${1 / Math.sqrt(width / heads)};
  }
  var most = -3e38;
  var total = 0.0;
  for (var other = texts[row].x; other < texts[row].y; other++) {
    let key = other * ${(3 * width) / 4} + ${width / 4} + head * ${fours};
    var score = 0.0;
    for (var i = 0u; i < ${fours}; i++) { score += dot(query[i], joined[key + i]); }
    let before = most;
    most = max(most, score);
    let kept = exp(before - most);
    let weight = exp(score - most);
    total = total * kept + weight;
    for (var i = 0u; i < ${fours}; i++) { sums[i] = sums[i] * kept + weight * joined[key + ${width / 4} + i]; }
  }
  for (var i = 0u; i < ${fours}; i++) { out[row * ${width / 4} + head * ${fours} + i] = sums[i] / total; }
}
`;
}

/** hidden = the norm of hidden + values, row by row, a workgroup for each. */
export function addNorm({ width, epsilon }: EncoderShape): string {
  return /* wgsl */ `
${PARTS}
struct Norm { gain: u32, bias: u32 }
@group(0) @binding(1) var<uniform> layer: Norm;
@group(0) @binding(2) var<storage, read> values: array<f32>;
@group(0) @binding(3) var<storage, read_write> hidden: array<f32>;

var<workgroup> partial: array<vec2f, ${THREADS}>;

@compute @workgroup_size(${THREADS})
fn addNorm(@builtin(workgroup_id) row: vec3u, @builtin(local_invocation_index) thread: u32) {
  let start = row.x * ${width};
  var sums = vec2f();
  for (var at = thread; at < ${width}; at += ${THREADS}) {
    let value = values[start + at] + hidden[start + at];
    sums += vec2f(value, value * value);
  }
  partial[thread] = sums;
  workgroupBarrier();
  for (var half = ${THREADS / 2}u; half > 0; half /= 2) {
    if (thread < half) { partial[thread] += partial[thread + half]; }
    workgroupBarrier();
  }
  let mean = partial[0].x / ${width};
  let scale = inverseSqrt(max(partial[0].y / ${width} - mean * mean, 0) + ${epsilon});
  for (var at = thread; at < ${width}; at += ${THREADS}) {
    let value = values[start + at] + hidden[start + at];
    hidden[start + at] = (value - mean) * scale * part(layer.gain + at) + part(layer.bias + at);
  }
}
`;
}
