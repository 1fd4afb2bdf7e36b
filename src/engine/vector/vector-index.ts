import type { Bitmap } from '../bitmap.js';
import type { Ranked } from '../ranked.js';

/** Passage vectors ready to be searched. */
export interface VectorIndex {
  readonly rows: number;
  readonly dimensions: number;
  /**
   * @param query unit vector of `dimensions` numbers, not quantised
   * @param allowed the passages that may be found; all may where it is left out
   * @returns the `limit` passages with the largest cosine, best first; ties go to the smaller passage. Flat search finds
   * them all; the other modes may miss some.
   */
  search(query: Float32Array, limit: number, allowed?: Bitmap): Ranked[] | Promise<Ranked[]>;
}

/** @throws RangeError when a query is of another width than the rows */
export function checkQuery({ length }: Float32Array, dimensions: number): void {
  if (length !== dimensions)
    throw new RangeError(`The query has ${length} dimensions, the index ${dimensions}.`);
}

/** Best first; ties go to the smaller passage. */
export function byScore(left: Ranked, right: Ranked): number {
  return right.score - left.score || left.passage - right.passage;
}
