// AssemblyScript. Linear layers: int8 weights, a scale for each column; activations rounded to 7 bits, a scale and a
// zero for each row, so that what is out of line in one token costs the others nothing. Seven bits, since relaxed SIMD
// multiplies four pairs of bytes in one instruction where one of each pair has no sign
// (i32x4.relaxed_dot_i8x16_i7x16_add_s). Processors that have no such instruction (x86 without VNNI) do better with two
// pairs at a time (i16x8.relaxed_dot_i8x16_i7x16_s). With those, and without relaxed SIMD, the same integers are added up
// in another order, so that the result is the same to the last bit.

/** Rows of a tile, and columns of a panel. */
const ROWS: u32 = 6;
const COLUMNS: u32 = 8;

/** Whether `linear` has two ways to multiply. */
export const hasPairs: i32 = ASC_FEATURE_RELAXED_SIMD ? 1 : 0;

/** The largest activation; the smallest is 0. */
const MOST: f32 = 127;

/** Added to a float of up to 22 bits, it leaves the nearest whole number in the low bits. */
const MAGIC: f32 = 12582912;
const MAGIC_BITS: i32 = 0x4b400000;

/**
 * Rounds `rows` × `width` float32, a multiple of 16, into the tiles that `linear` reads: of six rows in turn, four values
 * each. The rows are filled up to a multiple of six. Writes for each row what it takes to undo it: a float32 scale and
 * the int32 that stands for zero, since what comes out of GELU is hardly ever below.
 */
export function quantise(from: usize, rows: u32, width: u32, to: usize, scales: usize): void {
  const tileBytes = <usize>(width * ROWS);
  const most = i8x16.splat(127);
  const filled = ((rows + ROWS - 1) / ROWS) * ROWS;
  for (let row: u32 = 0; row < filled; row++) {
    let target = to + <usize>(row / ROWS) * tileBytes + ((<usize>(row % ROWS)) << 2);
    // Beyond the last row, that one again: what becomes of it is not read.
    const source = from + ((<usize>min(row, rows - 1) * width) << 2);
    const end = source + ((<usize>width) << 2);
    let least = f32x4.splat(0);
    let largest = f32x4.splat(0);
    for (let at = source; at < end; at += 16) {
      const values = v128.load(at);
      least = f32x4.pmin(least, values);
      largest = f32x4.pmax(largest, values);
    }
    const bottom = -largestOf(f32x4.neg(least));
    const range = largestOf(largest) - bottom;
    const inverse: f32 = range > 0 ? MOST / range : 0;
    const zero = <i32>Mathf.floor(0.5 - bottom * inverse);
    store<f32>(scales + ((<usize>row) << 3), range / MOST);
    store<i32>(scales + ((<usize>row) << 3), zero, 4);
    const scale = f32x4.splat(inverse);
    const shift = i32x4.splat(zero - MAGIC_BITS);
    for (let at = source; at < end; at += 64) {
      const low = i16x8.narrow_i32x4_s(whole(at, scale, shift), whole(at + 16, scale, shift));
      const high = i16x8.narrow_i32x4_s(whole(at + 32, scale, shift), whole(at + 48, scale, shift));
      const bytes = i8x16.min_u(i8x16.narrow_i16x8_u(low, high), most);
      v128.store_lane<u32>(target, bytes, 0);
      v128.store_lane<u32>(target, bytes, 1, 24);
      v128.store_lane<u32>(target, bytes, 2, 48);
      v128.store_lane<u32>(target, bytes, 3, 72);
      target += 96;
    }
  }
}

function whole(at: usize, scale: v128, shift: v128): v128 {
  return i32x4.add(f32x4.add(f32x4.mul(v128.load(at), scale), f32x4.splat(MAGIC)), shift);
}

function largestOf(values: v128): f32 {
  return max(
    max(f32x4.extract_lane(values, 0), f32x4.extract_lane(values, 1)),
    max(f32x4.extract_lane(values, 2), f32x4.extract_lane(values, 3)),
  );
}

/**
 * out = x · W + bias, float32 `rows` × `columns`. `x` and `scales` are what `quantise` wrote. `weights` has a panel for
 * every eight columns: of four inputs in turn, a byte each for every column. `sums`, `factors` and `bias` have a value
 * for each column: the int32 sum of its weights with the sign turned, a scale, and a bias.
 * `columns` is a multiple of 8, `inner` of 4; `out` has room for a multiple of six rows. `inPairs` says how relaxed SIMD
 * multiplies, and changes nothing but the time.
 */
export function linear(
  x: usize,
  scales: usize,
  rows: u32,
  inner: u32,
  weights: usize,
  sums: usize,
  factors: usize,
  bias: usize,
  columns: u32,
  out: usize,
  inPairs: bool,
): void {
  const tileBytes = <usize>(inner * ROWS);
  const panelBytes = (<usize>inner) << 3;
  const stride = (<usize>columns) << 2;
  let panel = weights;
  for (let column: u32 = 0; column < columns; column += COLUMNS) {
    const at = (<usize>column) << 2;
    let tile = x;
    for (let row: u32 = 0; row < rows; row += ROWS) {
      const scale = scales + ((<usize>row) << 3);
      const to = out + <usize>row * stride + at;
      if (ASC_FEATURE_RELAXED_SIMD)
        sixRows(inPairs, tile, panel, panelBytes, sums + at, factors + at, bias + at, scale, to, stride);
      else
        for (let pair: usize = 0; pair < ROWS / 2; pair++)
          twoRows(
            tile + 8 * pair,
            panel,
            panelBytes,
            sums + at,
            factors + at,
            bias + at,
            scale + 16 * pair,
            to + 2 * pair * stride,
            stride,
          );
      tile += tileBytes;
    }
    panel += panelBytes;
  }
}

/** Six rows of a tile times the eight columns of a panel. */
function sixRows(
  inPairs: bool,
  tile: usize,
  panel: usize,
  panelBytes: usize,
  sums: usize,
  factors: usize,
  bias: usize,
  scales: usize,
  to: usize,
  stride: usize,
): void {
  const lowSums = v128.load(sums);
  const highSums = v128.load(sums, 16);
  let zero = v128.load_splat<u32>(scales, 4);
  let a = i32x4.mul(lowSums, zero);
  let b = i32x4.mul(highSums, zero);
  zero = v128.load_splat<u32>(scales, 12);
  let c = i32x4.mul(lowSums, zero);
  let d = i32x4.mul(highSums, zero);
  zero = v128.load_splat<u32>(scales, 20);
  let e = i32x4.mul(lowSums, zero);
  let f = i32x4.mul(highSums, zero);
  zero = v128.load_splat<u32>(scales, 28);
  let g = i32x4.mul(lowSums, zero);
  let h = i32x4.mul(highSums, zero);
  zero = v128.load_splat<u32>(scales, 36);
  let i = i32x4.mul(lowSums, zero);
  let j = i32x4.mul(highSums, zero);
  zero = v128.load_splat<u32>(scales, 44);
  let k = i32x4.mul(lowSums, zero);
  let l = i32x4.mul(highSums, zero);
  const end = panel + panelBytes;
  if (inPairs)
    for (let weight = panel; weight < end; weight += 32) {
      const low = v128.load(weight);
      const high = v128.load(weight, 16);
      let four = v128.load_splat<u32>(tile);
      a = i32x4.add(a, inTwoSteps(low, four));
      b = i32x4.add(b, inTwoSteps(high, four));
      four = v128.load_splat<u32>(tile, 4);
      c = i32x4.add(c, inTwoSteps(low, four));
      d = i32x4.add(d, inTwoSteps(high, four));
      four = v128.load_splat<u32>(tile, 8);
      e = i32x4.add(e, inTwoSteps(low, four));
      f = i32x4.add(f, inTwoSteps(high, four));
      four = v128.load_splat<u32>(tile, 12);
      g = i32x4.add(g, inTwoSteps(low, four));
      h = i32x4.add(h, inTwoSteps(high, four));
      four = v128.load_splat<u32>(tile, 16);
      i = i32x4.add(i, inTwoSteps(low, four));
      j = i32x4.add(j, inTwoSteps(high, four));
      four = v128.load_splat<u32>(tile, 20);
      k = i32x4.add(k, inTwoSteps(low, four));
      l = i32x4.add(l, inTwoSteps(high, four));
      tile += 24;
    }
  else
    for (let weight = panel; weight < end; weight += 32) {
      const low = v128.load(weight);
      const high = v128.load(weight, 16);
      let four = v128.load_splat<u32>(tile);
      a = i32x4.relaxed_dot_i8x16_i7x16_add_s(low, four, a);
      b = i32x4.relaxed_dot_i8x16_i7x16_add_s(high, four, b);
      four = v128.load_splat<u32>(tile, 4);
      c = i32x4.relaxed_dot_i8x16_i7x16_add_s(low, four, c);
      d = i32x4.relaxed_dot_i8x16_i7x16_add_s(high, four, d);
      four = v128.load_splat<u32>(tile, 8);
      e = i32x4.relaxed_dot_i8x16_i7x16_add_s(low, four, e);
      f = i32x4.relaxed_dot_i8x16_i7x16_add_s(high, four, f);
      four = v128.load_splat<u32>(tile, 12);
      g = i32x4.relaxed_dot_i8x16_i7x16_add_s(low, four, g);
      h = i32x4.relaxed_dot_i8x16_i7x16_add_s(high, four, h);
      four = v128.load_splat<u32>(tile, 16);
      i = i32x4.relaxed_dot_i8x16_i7x16_add_s(low, four, i);
      j = i32x4.relaxed_dot_i8x16_i7x16_add_s(high, four, j);
      four = v128.load_splat<u32>(tile, 20);
      k = i32x4.relaxed_dot_i8x16_i7x16_add_s(low, four, k);
      l = i32x4.relaxed_dot_i8x16_i7x16_add_s(high, four, l);
      tile += 24;
    }
  put(to, a, b, scales, factors, bias);
  put(to + stride, c, d, scales + 8, factors, bias);
  put(to + 2 * stride, e, f, scales + 16, factors, bias);
  put(to + 3 * stride, g, h, scales + 24, factors, bias);
  put(to + 4 * stride, i, j, scales + 32, factors, bias);
  put(to + 5 * stride, k, l, scales + 40, factors, bias);
}

/** Sums of four products each; no sum of two, 2 × 127 × 128 at most, is beyond 16 bits. */
function inTwoSteps(weights: v128, inputs: v128): v128 {
  return i32x4.extadd_pairwise_i16x8_s(i16x8.relaxed_dot_i8x16_i7x16_s(weights, inputs));
}

/** Two rows of a tile times the eight columns of a panel, without relaxed SIMD: two sums for each column. */
function twoRows(
  tile: usize,
  panel: usize,
  panelBytes: usize,
  sums: usize,
  factors: usize,
  bias: usize,
  scales: usize,
  to: usize,
  stride: usize,
): void {
  let a = i32x4.splat(0);
  let b = i32x4.splat(0);
  let c = i32x4.splat(0);
  let d = i32x4.splat(0);
  let e = i32x4.splat(0);
  let f = i32x4.splat(0);
  let g = i32x4.splat(0);
  let h = i32x4.splat(0);
  const end = panel + panelBytes;
  for (let weight = panel; weight < end; weight += 32) {
    const one = i16x8.extend_low_i8x16_s(v128.load_splat<u32>(tile));
    const other = i16x8.extend_low_i8x16_s(v128.load_splat<u32>(tile, 4));
    let two = v128.load_ext<i8>(weight);
    a = i32x4.add(a, i32x4.dot_i16x8_s(one, two));
    e = i32x4.add(e, i32x4.dot_i16x8_s(other, two));
    two = v128.load_ext<i8>(weight, 8);
    b = i32x4.add(b, i32x4.dot_i16x8_s(one, two));
    f = i32x4.add(f, i32x4.dot_i16x8_s(other, two));
    two = v128.load_ext<i8>(weight, 16);
    c = i32x4.add(c, i32x4.dot_i16x8_s(one, two));
    g = i32x4.add(g, i32x4.dot_i16x8_s(other, two));
    two = v128.load_ext<i8>(weight, 24);
    d = i32x4.add(d, i32x4.dot_i16x8_s(one, two));
    h = i32x4.add(h, i32x4.dot_i16x8_s(other, two));
    tile += 24;
  }
  putLess(to, paired(a, b), paired(c, d), sums, scales, factors, bias);
  putLess(to + stride, paired(e, f), paired(g, h), sums, scales + 8, factors, bias);
}

/** Puts a row's products, less what its zero has added to them. */
function putLess(
  to: usize,
  low: v128,
  high: v128,
  sums: usize,
  scales: usize,
  factors: usize,
  bias: usize,
): void {
  const zero = v128.load_splat<u32>(scales, 4);
  put(
    to,
    i32x4.add(low, i32x4.mul(v128.load(sums), zero)),
    i32x4.add(high, i32x4.mul(v128.load(sums, 16), zero)),
    scales,
    factors,
    bias,
  );
}

/** The sums of neighbours. */
function paired(low: v128, high: v128): v128 {
  return i32x4.add(v128.shuffle<i32>(low, high, 0, 2, 4, 6), v128.shuffle<i32>(low, high, 1, 3, 5, 7));
}

function put(to: usize, low: v128, high: v128, scale: usize, factors: usize, bias: usize): void {
  const by = v128.load_splat<u32>(scale);
  const scaledLow = f32x4.mul(f32x4.convert_i32x4_s(low), f32x4.mul(by, v128.load(factors)));
  const scaledHigh = f32x4.mul(f32x4.convert_i32x4_s(high), f32x4.mul(by, v128.load(factors, 16)));
  v128.store(to, f32x4.add(scaledLow, v128.load(bias)));
  v128.store(to, f32x4.add(scaledHigh, v128.load(bias, 16)), 16);
}
