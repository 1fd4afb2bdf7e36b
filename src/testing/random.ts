import { random } from '../evaluate/random.js';

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

/**
 * Unit vectors in clusters of about 20, as those of texts on the same matter are; neighbours among evenly spread ones
 * mean little.
 */
export function clusteredVectors(count: number, dimensions: number, seed: number): Float32Array[] {
  const centres = unitVectors(Math.ceil(count / 20), dimensions, seed);
  return unitVectors(count, dimensions, seed + 1).map((noise, at) => {
    const centre = centres[(at * 7919) % centres.length]!;
    const vector = noise.map((value, dimension) => 0.7 * value + centre[dimension]!);
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  });
}
