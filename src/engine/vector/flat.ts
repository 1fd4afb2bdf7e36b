import type { Ranked } from '../ranked.js';
import type { VectorRows } from './vector-file.js';

/**
 * Flat search: the dot product of the query with every row, exact but for the rows' int8 rounding.
 * @param query unit vector of `dimensions` numbers, not quantised
 * @returns the `limit` rows with the largest cosine, best first; ties go to the smaller row
 */
export function searchFlat(vectors: VectorRows, query: Float32Array, limit: number): Ranked[] {
  const { rows, dimensions, scale, components } = vectors;
  if (query.length !== dimensions)
    throw new RangeError(`The query has ${query.length} dimensions, the index ${dimensions}.`);
  const ranked: Ranked[] = [];
  for (let passage = 0, at = 0; passage < rows; passage++) {
    let sum = 0;
    for (let dimension = 0; dimension < dimensions; dimension++) sum += components[at++]! * query[dimension]!;
    ranked.push({ passage, score: sum * scale });
  }
  return ranked
    .sort((left, right) => right.score - left.score || left.passage - right.passage)
    .slice(0, limit);
}
