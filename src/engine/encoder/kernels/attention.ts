// AssemblyScript. Multi-head self-attention over one text (Vaswani et al. 2017), in float32.
import { exp, total } from './float';

/** Rows are worked on four at a time, and the tokens that they attend to eight. */
const ROWS: u32 = 4;
const TOKENS: u32 = 8;

/**
 * Writes what each of `tokens` rows gathers from all of them. A row of `joined` has query, key and value side by side,
 * `heads` × `headWidth` float32 each; a row of `out` has `heads` × `headWidth`. `headWidth` is a multiple of 8.
 * `scratch` has room for (`headWidth` + 4) × (`tokens` rounded up to 8) float32.
 */
export function attend(
  joined: usize,
  tokens: u32,
  heads: u32,
  headWidth: u32,
  out: usize,
  scratch: usize,
): void {
  const width = (<usize>(heads * headWidth)) << 2;
  const stride: usize = 3 * width;
  const filled = (tokens + TOKENS - 1) & ~(TOKENS - 1);
  const lane = (<usize>filled) << 2;
  const scores = scratch + <usize>headWidth * lane;
  for (let head: u32 = 0; head < heads; head++) {
    const at = joined + ((<usize>(head * headWidth)) << 2);
    turnKeys(at + width, stride, tokens, filled, headWidth, scratch);
    for (let row: u32 = 0; row < tokens; row += ROWS) {
      score(at, stride, row, tokens, headWidth, scratch, lane, scores);
      for (let r: u32 = 0; r < ROWS; r++) softmax(scores + <usize>r * lane, tokens, filled);
      gather(
        at + 2 * width,
        stride,
        row,
        tokens,
        headWidth,
        scores,
        lane,
        out + ((<usize>(head * headWidth)) << 2),
        width,
      );
    }
  }
}

/** Writes the keys dimension by dimension, scaled by 1/√headWidth; zeros beyond the last token. */
function turnKeys(keys: usize, stride: usize, tokens: u32, filled: u32, headWidth: u32, to: usize): void {
  const scale: f32 = 1 / Mathf.sqrt(<f32>headWidth);
  const lane = (<usize>filled) << 2;
  for (let token: u32 = 0; token < filled; token++) {
    let target = to + ((<usize>token) << 2);
    for (let d: u32 = 0; d < headWidth; d++) {
      store<f32>(target, token < tokens ? load<f32>(keys + ((<usize>d) << 2)) * scale : 0);
      target += lane;
    }
    keys += stride;
  }
}

/** The address of a row of four; beyond the last one, the last one again. */
function place(base: usize, stride: usize, row: u32, tokens: u32): usize {
  return base + <usize>min(row, tokens - 1) * stride;
}

/** Dot products of four queries with all keys. */
function score(
  queries: usize,
  stride: usize,
  row: u32,
  tokens: u32,
  headWidth: u32,
  keys: usize,
  lane: usize,
  scores: usize,
): void {
  const q0 = place(queries, stride, row, tokens);
  const q1 = place(queries, stride, row + 1, tokens);
  const q2 = place(queries, stride, row + 2, tokens);
  const q3 = place(queries, stride, row + 3, tokens);
  const end = (<usize>headWidth) << 2;
  for (let token: usize = 0; token < lane; token += 32) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    let e = f32x4.splat(0);
    let f = f32x4.splat(0);
    let g = f32x4.splat(0);
    let h = f32x4.splat(0);
    let key = keys + token;
    for (let at: usize = 0; at < end; at += 4) {
      const low = v128.load(key);
      const high = v128.load(key, 16);
      let value = v128.load_splat<u32>(q0 + at);
      a = f32x4.add(a, f32x4.mul(value, low));
      b = f32x4.add(b, f32x4.mul(value, high));
      value = v128.load_splat<u32>(q1 + at);
      c = f32x4.add(c, f32x4.mul(value, low));
      d = f32x4.add(d, f32x4.mul(value, high));
      value = v128.load_splat<u32>(q2 + at);
      e = f32x4.add(e, f32x4.mul(value, low));
      f = f32x4.add(f, f32x4.mul(value, high));
      value = v128.load_splat<u32>(q3 + at);
      g = f32x4.add(g, f32x4.mul(value, low));
      h = f32x4.add(h, f32x4.mul(value, high));
      key += lane;
    }
    let to = scores + token;
    v128.store(to, a);
    v128.store(to, b, 16);
    to += lane;
    v128.store(to, c);
    v128.store(to, d, 16);
    to += lane;
    v128.store(to, e);
    v128.store(to, f, 16);
    to += lane;
    v128.store(to, g);
    v128.store(to, h, 16);
  }
}

/** Scores become shares that add up to 1; those beyond the last token become 0. */
function softmax(scores: usize, tokens: u32, filled: u32): void {
  const end = scores + ((<usize>filled) << 2);
  for (let token = tokens; token < filled; token++) store<f32>(scores + ((<usize>token) << 2), -Infinity);
  let peaks = v128.load(scores);
  for (let at = scores; at < end; at += 16) peaks = f32x4.pmax(peaks, v128.load(at));
  const peak = f32x4.splat(
    max(
      max(f32x4.extract_lane(peaks, 0), f32x4.extract_lane(peaks, 1)),
      max(f32x4.extract_lane(peaks, 2), f32x4.extract_lane(peaks, 3)),
    ),
  );
  let sums = f32x4.splat(0);
  for (let at = scores; at < end; at += 16) {
    const power = exp(f32x4.sub(v128.load(at), peak));
    v128.store(at, power);
    sums = f32x4.add(sums, power);
  }
  // What stands beyond the last token is e⁻⁸⁷ each: nothing, in float32.
  const share = f32x4.splat(1 / total(sums));
  for (let at = scores; at < end; at += 16) v128.store(at, f32x4.mul(v128.load(at), share));
}

/** Sums of all values, by the shares of four rows. */
function gather(
  values: usize,
  stride: usize,
  row: u32,
  tokens: u32,
  headWidth: u32,
  shares: usize,
  lane: usize,
  out: usize,
  width: usize,
): void {
  const o0 = place(out, width, row, tokens);
  const o1 = place(out, width, row + 1, tokens);
  const o2 = place(out, width, row + 2, tokens);
  const o3 = place(out, width, row + 3, tokens);
  const s1 = shares + lane;
  const s2 = s1 + lane;
  const s3 = s2 + lane;
  const end = (<usize>tokens) << 2;
  for (let at: usize = 0; at < (<usize>headWidth) << 2; at += 32) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    let e = f32x4.splat(0);
    let f = f32x4.splat(0);
    let g = f32x4.splat(0);
    let h = f32x4.splat(0);
    let value = values + at;
    for (let token: usize = 0; token < end; token += 4) {
      const low = v128.load(value);
      const high = v128.load(value, 16);
      let share = v128.load_splat<u32>(shares + token);
      a = f32x4.add(a, f32x4.mul(share, low));
      b = f32x4.add(b, f32x4.mul(share, high));
      share = v128.load_splat<u32>(s1 + token);
      c = f32x4.add(c, f32x4.mul(share, low));
      d = f32x4.add(d, f32x4.mul(share, high));
      share = v128.load_splat<u32>(s2 + token);
      e = f32x4.add(e, f32x4.mul(share, low));
      f = f32x4.add(f, f32x4.mul(share, high));
      share = v128.load_splat<u32>(s3 + token);
      g = f32x4.add(g, f32x4.mul(share, low));
      h = f32x4.add(h, f32x4.mul(share, high));
      value += stride;
    }
    v128.store(o0 + at, a);
    v128.store(o0 + at, b, 16);
    v128.store(o1 + at, c);
    v128.store(o1 + at, d, 16);
    v128.store(o2 + at, e);
    v128.store(o2 + at, f, 16);
    v128.store(o3 + at, g);
    v128.store(o3 + at, h, 16);
  }
}
