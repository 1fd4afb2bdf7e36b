// AssemblyScript. Flat search: every row's dot product with the query, the best kept in a heap.
import { dot, sumOf } from './dot';
import { keep, keyOf, unheap } from './heap';

/**
 * Writes the keys of the `limit` best rows, best first, to `heap`, and returns how many there are.
 * `rows` is padded to an even number, `width` is a multiple of 16; `allowed` is a bitmap over rows, or 0 for all.
 */
export function searchFlat(
  rows: usize,
  count: u32,
  width: usize,
  query: usize,
  allowed: usize,
  heap: usize,
  limit: u32,
): u32 {
  let size: u32 = 0;
  if (allowed) {
    for (let row: u32 = 0; row < count; row++) {
      const byte = load<u8>(allowed + (row >> 3));
      if (byte == 0) row |= 7;
      else if ((byte >> (<u8>(row & 7))) & 1)
        size = keep(heap, size, limit, keyOf(dot(rows + <usize>row * width, query, width), row));
    }
  } else if (ASC_FEATURE_SIMD) {
    size = twoAtATime(rows, count, width, query, heap, limit);
  } else {
    for (let row: u32 = 0; row < count; row++)
      size = keep(heap, size, limit, keyOf(dot(rows + <usize>row * width, query, width), row));
  }
  unheap(heap, size);
  return size;
}

/**
 * Two rows share each load of the query, 16 dimensions a step, by pointers that move: as fast as one gets. Measured on
 * an EPYC (Zen 3) in V8 beside a sum that only reads the memory (1.34 ms for 100,000 rows of 384 bytes): 2.0 ms; eight
 * dimensions a step 2.5, 32 2.1, one row at a time 2.8, four 4.0, by an index in place of pointers 2.5 to 2.9.
 */
function twoAtATime(rows: usize, count: u32, width: usize, query: usize, heap: usize, limit: u32): u32 {
  let size: u32 = 0;
  let least = i32.MIN_VALUE;
  let first = rows;
  for (let row: u32 = 0; row < count; row += 2) {
    let a = i32x4.splat(0);
    let b = i32x4.splat(0);
    let second = first + width;
    const end = second;
    for (let asked = query; first < end; asked += 32) {
      let part = v128.load(asked);
      a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(first), part));
      b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(second), part));
      part = v128.load(asked, 16);
      a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(first, 8), part));
      b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(second, 8), part));
      first += 16;
      second += 16;
    }
    first = second;
    // Rows come in order, so one that only equals the least kept is never better.
    const one = sumOf(a);
    const two = sumOf(b);
    if (size == limit && max(one, two) <= least) continue;
    size = keep(heap, size, limit, keyOf(one, row));
    if (row + 1 < count) size = keep(heap, size, limit, keyOf(two, row + 1));
    if (size == limit) least = <i32>(load<i64>(heap) >> 32);
  }
  return size;
}
