// AssemblyScript. What a transformer computes between its linear layers, in float32.

/** Added to a float of up to 22 bits, it leaves the nearest whole number in the low bits. */
const MAGIC: f32 = 12582912;

/**
 * e to the power of four values up to 0. Cody & Waite's range reduction: 2ⁿ times a polynomial (Cephes' expf); below -87,
 * where float32 ends, it stays at e⁻⁸⁷.
 */
export function exp(x: v128): v128 {
  const least = f32x4.pmax(x, f32x4.splat(-87));
  const shifted = f32x4.add(f32x4.mul(least, f32x4.splat(1.44269504)), f32x4.splat(MAGIC));
  const n = f32x4.sub(shifted, f32x4.splat(MAGIC));
  const high = f32x4.sub(least, f32x4.mul(n, f32x4.splat(0.693359375)));
  const r = f32x4.sub(high, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let p = f32x4.splat(1.98756915e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1));
  return f32x4.mul(p, i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23));
}

/**
 * Replaces each of `count` values, a multiple of 4, by x · Φ(x) (GELU, Hendrycks & Gimpel 2016). The error function is
 * Abramowitz & Stegun's 7.1.28, right to 3e-7.
 */
export function gelu(values: usize, count: usize): void {
  const one = f32x4.splat(1);
  const end = values + (count << 2);
  for (let at = values; at < end; at += 16) {
    const x = v128.load(at);
    const z = f32x4.mul(f32x4.abs(x), f32x4.splat(0.70710678));
    let p = f32x4.splat(0.0000430638);
    p = f32x4.add(f32x4.mul(p, z), f32x4.splat(0.0002765672));
    p = f32x4.add(f32x4.mul(p, z), f32x4.splat(0.0001520143));
    p = f32x4.add(f32x4.mul(p, z), f32x4.splat(0.0092705272));
    p = f32x4.add(f32x4.mul(p, z), f32x4.splat(0.0422820123));
    p = f32x4.add(f32x4.mul(p, z), f32x4.splat(0.0705230784));
    p = f32x4.add(f32x4.mul(p, z), one);
    p = f32x4.mul(p, p);
    p = f32x4.mul(p, p);
    p = f32x4.mul(p, p);
    p = f32x4.mul(p, p);
    // erf(|x| / √2); the half of it with x's sign, plus a half, is Φ(x).
    const half = f32x4.mul(f32x4.sub(one, f32x4.div(one, p)), f32x4.splat(0.5));
    const signed = v128.or(half, v128.and(x, i32x4.splat(0x80000000)));
    v128.store(at, f32x4.mul(x, f32x4.add(signed, f32x4.splat(0.5))));
  }
}

/** values = norm(values + residual), row by row (layer normalisation, Ba et al. 2016). `width` is a multiple of 4. */
export function addNorm(
  values: usize,
  residual: usize,
  rows: u32,
  width: u32,
  gain: usize,
  bias: usize,
  epsilon: f32,
): void {
  const bytes = (<usize>width) << 2;
  for (let row: u32 = 0; row < rows; row++) {
    let sums = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const sum = f32x4.add(v128.load(values + at), v128.load(residual + at));
      v128.store(values + at, sum);
      sums = f32x4.add(sums, sum);
    }
    const mean = f32x4.splat(total(sums) / <f32>width);
    sums = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const apart = f32x4.sub(v128.load(values + at), mean);
      sums = f32x4.add(sums, f32x4.mul(apart, apart));
    }
    const scale = f32x4.splat(1 / Mathf.sqrt(total(sums) / <f32>width + epsilon));
    for (let at: usize = 0; at < bytes; at += 16) {
      const apart = f32x4.mul(f32x4.sub(v128.load(values + at), mean), scale);
      v128.store(values + at, f32x4.add(f32x4.mul(apart, v128.load(gain + at)), v128.load(bias + at)));
    }
    values += bytes;
    residual += bytes;
  }
}

export function total(sums: v128): f32 {
  return (
    f32x4.extract_lane(sums, 0) +
    f32x4.extract_lane(sums, 1) +
    (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3))
  );
}

/** out += row × scale, of `width` int8. */
export function addRow(row: usize, scale: f32, width: u32, out: usize): void {
  const factor = f32x4.splat(scale);
  for (let at: u32 = 0; at < width; at += 8) {
    const eight = v128.load_ext<i8>(row + at);
    const to = out + ((<usize>at) << 2);
    const low = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(eight));
    const high = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(eight));
    v128.store(to, f32x4.add(v128.load(to), f32x4.mul(low, factor)));
    v128.store(to, f32x4.add(v128.load(to, 16), f32x4.mul(high, factor)), 16);
  }
}
