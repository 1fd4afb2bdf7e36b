// AssemblyScript. Dot products of int8 rows, in whole numbers: the same with SIMD and without.

/** Sum of four lanes. */
export function sumOf(lanes: v128): i32 {
  return (
    i32x4.extract_lane(lanes, 0) +
    i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) +
    i32x4.extract_lane(lanes, 3)
  );
}

/** Of a row with an int16 query. `width` is a multiple of 16. */
export function dot(row: usize, query: usize, width: usize): i32 {
  if (ASC_FEATURE_SIMD) {
    let low = i32x4.splat(0);
    let high = i32x4.splat(0);
    for (let at: usize = 0; at < width; at += 16) {
      low = i32x4.add(low, i32x4.dot_i16x8_s(v128.load_ext<i8>(row + at), v128.load(query + 2 * at)));
      high = i32x4.add(
        high,
        i32x4.dot_i16x8_s(v128.load_ext<i8>(row + at, 8), v128.load(query + 2 * at, 16)),
      );
    }
    return sumOf(i32x4.add(low, high));
  }
  let sum = 0;
  for (let at: usize = 0; at < width; at++) sum += <i32>load<i8>(row + at) * <i32>load<i16>(query + 2 * at);
  return sum;
}

/** Of two rows. `width` is a multiple of 16. */
export function dotRows(one: usize, other: usize, width: usize): i32 {
  if (ASC_FEATURE_SIMD) {
    let low = i32x4.splat(0);
    let high = i32x4.splat(0);
    for (let at: usize = 0; at < width; at += 16) {
      low = i32x4.add(low, i32x4.dot_i16x8_s(v128.load_ext<i8>(one + at), v128.load_ext<i8>(other + at)));
      high = i32x4.add(
        high,
        i32x4.dot_i16x8_s(v128.load_ext<i8>(one + at, 8), v128.load_ext<i8>(other + at, 8)),
      );
    }
    return sumOf(i32x4.add(low, high));
  }
  let sum = 0;
  for (let at: usize = 0; at < width; at++) sum += <i32>load<i8>(one + at) * <i32>load<i8>(other + at);
  return sum;
}
