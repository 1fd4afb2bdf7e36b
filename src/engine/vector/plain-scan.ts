import { type Bitmap, has } from '../bitmap.js';
import type { Ranked } from '../ranked.js';
import { TopRanked } from '../top-ranked.js';
import type { VectorRows } from './vector-file.js';

/** Flat search in plain JavaScript, for where WebAssembly is refused, and to check the kernel by. */
export function scan(
  { rows, dimensions, scale, components }: VectorRows,
  query: Float32Array,
  limit: number,
  allowed?: Bitmap,
): Ranked[] {
  const top = new TopRanked(limit);
  for (let passage = 0; passage < rows; passage++) {
    if (allowed && !has(allowed, passage)) continue;
    const start = passage * dimensions;
    let sum = 0;
    for (let at = 0; at < dimensions; at++) sum += components[start + at]! * query[at]!;
    top.add(passage, sum * scale);
  }
  return top.finish();
}
