// AssemblyScript. Search of 1-bit codes: an asymmetric estimate of every row's dot product with the query, the best kept
// in a heap. The estimator is RaBitQ's (Gao & Long 2024) without the rotation; the scan is FAISS's "fast scan" (André,
// Kermarrec & Le Scouarnec 2015): four bits of a code pick one of 16 sums from a table that fits a register.
import { keep, unheap } from './heap';

/** A block has the codes of so many rows side by side. */
const ROWS: u32 = 32;
/** Table entries are at most 63, so four of them fit a byte. */
const GROUPS: usize = 4;

/**
 * Writes the keys of the `limit` best rows, best first, to `heap`, and returns how many there are. The upper half of a
 * key is a float32 estimate whose bits are put in order (see `ordered`).
 *
 * A block: for each group of four dimensions 16 bytes, whose low halves are the bits of rows 0 to 15 and high halves
 * those of rows 16 to 31; then 32 factors, u16. `tables` has 16 bytes for each group; `groups` is a multiple of 4, at
 * most 1024. An estimate is factor × (unit × sum of table entries + base). `allowed` is a bitmap over rows, padded to
 * whole blocks, or 0 for all. `scratch` has room for 32 float32.
 */
export function searchBinary(
  blocks: usize,
  count: u32,
  groups: usize,
  tables: usize,
  unit: f32,
  base: f32,
  allowed: usize,
  scratch: usize,
  heap: usize,
  limit: u32,
): u32 {
  let size: u32 = 0;
  let least: f32 = -Infinity;
  let block = blocks;
  for (let first: u32 = 0; first < count; first += ROWS) {
    const mask = allowed ? load<u32>(allowed + (first >> 3)) : 0xffffffff;
    if (mask != 0 && estimate(block, groups, tables, unit, base, scratch, least)) {
      const end = min(ROWS, count - first);
      for (let row: u32 = 0; row < end; row++) {
        // Rows come in order, so one that only equals the least kept is never better.
        const score = load<f32>(scratch + ((<usize>row) << 2));
        if (((mask >> row) & 1) == 0 || !(score > least)) continue;
        size = keep(heap, size, limit, keyOf(score, first + row));
        if (size == limit) least = scoreOf(load<i64>(heap));
      }
    }
    block += 16 * groups + 2 * ROWS;
  }
  unheap(heap, size);
  return size;
}

/** Writes the estimates of a block's rows, and returns whether any may be above `least`. */
function estimate(
  block: usize,
  groups: usize,
  tables: usize,
  unit: f32,
  base: f32,
  out: usize,
  least: f32,
): bool {
  const factors = block + 16 * groups;
  if (ASC_FEATURE_SIMD) {
    const low = i8x16.splat(15);
    let a = i16x8.splat(0);
    let b = i16x8.splat(0);
    let c = i16x8.splat(0);
    let d = i16x8.splat(0);
    for (let group: usize = 0; group < groups; group += GROUPS) {
      let first = i8x16.splat(0);
      let second = i8x16.splat(0);
      const codes = block + 16 * group;
      const entries = tables + 16 * group;
      // Unrolled by hand: the four sums stay in one register each.
      let code = v128.load(codes);
      let table = v128.load(entries);
      first = i8x16.swizzle(table, v128.and(code, low));
      second = i8x16.swizzle(table, i8x16.shr_u(code, 4));
      code = v128.load(codes, 16);
      table = v128.load(entries, 16);
      first = i8x16.add(first, i8x16.swizzle(table, v128.and(code, low)));
      second = i8x16.add(second, i8x16.swizzle(table, i8x16.shr_u(code, 4)));
      code = v128.load(codes, 32);
      table = v128.load(entries, 32);
      first = i8x16.add(first, i8x16.swizzle(table, v128.and(code, low)));
      second = i8x16.add(second, i8x16.swizzle(table, i8x16.shr_u(code, 4)));
      code = v128.load(codes, 48);
      table = v128.load(entries, 48);
      first = i8x16.add(first, i8x16.swizzle(table, v128.and(code, low)));
      second = i8x16.add(second, i8x16.swizzle(table, i8x16.shr_u(code, 4)));
      a = i16x8.add(a, i16x8.extend_low_i8x16_u(first));
      b = i16x8.add(b, i16x8.extend_high_i8x16_u(first));
      c = i16x8.add(c, i16x8.extend_low_i8x16_u(second));
      d = i16x8.add(d, i16x8.extend_high_i8x16_u(second));
    }
    let above = eight(a, factors, unit, base, out, least);
    above = v128.or(above, eight(b, factors + 16, unit, base, out + 32, least));
    above = v128.or(above, eight(c, factors + 32, unit, base, out + 64, least));
    above = v128.or(above, eight(d, factors + 48, unit, base, out + 96, least));
    return v128.any_true(above);
  }
  for (let row: usize = 0; row < ROWS; row++) {
    const shift: u32 = row < 16 ? 0 : 4;
    let sum: u32 = 0;
    for (let group: usize = 0; group < groups; group++) {
      const code = ((<u32>load<u8>(block + 16 * group + (row & 15))) >> shift) & 15;
      sum += load<u8>(tables + 16 * group + <usize>code);
    }
    const factor = <f32>load<u16>(factors + 2 * row);
    store<f32>(out + 4 * row, factor * (unit * <f32>sum + base));
  }
  return true;
}

/** Estimates of eight rows from their sums; lanes that are set are above `least`. */
function eight(sums: v128, factors: usize, unit: f32, base: f32, out: usize, least: f32): v128 {
  const low = four(i32x4.extend_low_i16x8_u(sums), v128.load_ext<u16>(factors), unit, base);
  const high = four(i32x4.extend_high_i16x8_u(sums), v128.load_ext<u16>(factors, 8), unit, base);
  v128.store(out, low);
  v128.store(out, high, 16);
  const bound = f32x4.splat(least);
  return v128.or(f32x4.gt(low, bound), f32x4.gt(high, bound));
}

function four(sums: v128, factors: v128, unit: f32, base: f32): v128 {
  const scaled = f32x4.add(f32x4.mul(f32x4.splat(unit), f32x4.convert_i32x4_s(sums)), f32x4.splat(base));
  return f32x4.mul(f32x4.convert_i32x4_s(factors), scaled);
}

/** A float's bits as a whole number that is in the same order; its own inverse. */
function ordered(bits: i32): i32 {
  return bits ^ ((bits >> 31) & 0x7fffffff);
}

function keyOf(score: f32, row: u32): i64 {
  return ((<i64>ordered(reinterpret<i32>(score))) << 32) | (<i64>(<u64>~row));
}

function scoreOf(key: i64): f32 {
  return reinterpret<f32>(ordered(<i32>(key >> 32)));
}
