// AssemblyScript. Flat search: every row's dot product with the query, the best kept in a heap.
import { dot, sumOf } from './dot';
import { keep, keyOf, unheap } from './heap';

/**
 * Writes the keys of the `limit` best rows, best first, to `heap`, and returns how many there are.
 * `rows` is padded to four, `width` is a multiple of 16; `allowed` is a bitmap over rows, or 0 for all.
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
    size = fourAtATime(rows, count, width, query, heap, limit);
  } else {
    for (let row: u32 = 0; row < count; row++)
      size = keep(heap, size, limit, keyOf(dot(rows + <usize>row * width, query, width), row));
  }
  unheap(heap, size);
  return size;
}

/** Four rows share each load of the query: the memory bus is the limit, not the arithmetic. */
function fourAtATime(rows: usize, count: u32, width: usize, query: usize, heap: usize, limit: u32): u32 {
  let size: u32 = 0;
  let least = i32.MIN_VALUE;
  for (let row: u32 = 0; row < count; row += 4) {
    let a = i32x4.splat(0);
    let b = i32x4.splat(0);
    let c = i32x4.splat(0);
    let d = i32x4.splat(0);
    const first = rows + <usize>row * width;
    const second = first + width;
    const third = second + width;
    const fourth = third + width;
    for (let at: usize = 0; at < width; at += 8) {
      const part = v128.load(query + 2 * at);
      a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(first + at), part));
      b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(second + at), part));
      c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(third + at), part));
      d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(fourth + at), part));
    }
    // Rows come in order, so one that only equals the least kept is never better.
    const one = sumOf(a);
    const two = sumOf(b);
    const three = sumOf(c);
    const four = sumOf(d);
    if (size == limit && max(max(one, two), max(three, four)) <= least) continue;
    size = keep(heap, size, limit, keyOf(one, row));
    if (row + 1 < count) size = keep(heap, size, limit, keyOf(two, row + 1));
    if (row + 2 < count) size = keep(heap, size, limit, keyOf(three, row + 2));
    if (row + 3 < count) size = keep(heap, size, limit, keyOf(four, row + 3));
    if (size == limit) least = <i32>(load<i64>(heap) >> 32);
  }
  return size;
}
