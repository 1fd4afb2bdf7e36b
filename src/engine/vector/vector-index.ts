import type { Bitmap } from '../bitmap.js';
import type { Ranked } from '../ranked.js';

/** Passage vectors ready to be searched. */
export interface VectorIndex {
  readonly rows: number;
  readonly dimensions: number;
  /**
   * @param query unit vector of `dimensions` numbers, not quantised
   * @param allowed the rows that may be found; all may where it is left out
   * @returns the `limit` rows with the largest cosine, best first; ties go to the smaller row
   */
  search(query: Float32Array, limit: number, allowed?: Bitmap): Ranked[];
}
