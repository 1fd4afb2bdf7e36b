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
