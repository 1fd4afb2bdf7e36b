import { type Bitmap, has } from '../bitmap.js';
import type { Ranked } from '../ranked.js';
import { TopRanked } from '../top-ranked.js';
import type { VectorRows } from './vector-file.js';

/**
 * Flat search: the dot product of the query with every row, exact but for the rows' int8 rounding.
 * @param query unit vector of `dimensions` numbers, not quantised
 * @param allowed the rows that may be found; all may where it is left out
 * @returns the `limit` rows with the largest cosine, best first; ties go to the smaller row
 */
export function searchFlat(
  vectors: VectorRows,
  query: Float32Array,
  limit: number,
  allowed?: Bitmap,
): Ranked[] {
  const { rows, dimensions, scale, components } = vectors;
  if (query.length !== dimensions)
    throw new RangeError(`The query has ${query.length} dimensions, the index ${dimensions}.`);
  const top = new TopRanked(limit);
  for (let passage = 0; passage < rows; passage++) {
    if (allowed && !has(allowed, passage)) continue;
    let at = passage * dimensions;
    let sum = 0;
    for (let dimension = 0; dimension < dimensions; dimension++) sum += components[at++]! * query[dimension]!;
    top.add(passage, sum * scale);
  }
  return top.finish();
}
