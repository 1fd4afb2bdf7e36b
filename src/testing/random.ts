/** Random numbers from 0 to 1 that a seed repeats (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Unit vectors whose directions are spread evenly: normalised Gaussian numbers. */
export function unitVectors(count: number, dimensions: number, seed: number): Float32Array[] {
  const next = random(seed);
  const gaussian = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return Array.from({ length: count }, () => {
    const vector = Float32Array.from({ length: dimensions }, gaussian);
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  });
}
