import { BLOCK_ROWS, blockBytes, MOST_BINARY_DIMENSIONS } from '../engine/vector/binary-codes.js';
import type { VectorMode } from '../engine/vector/vector-entry.js';

/** What `--vectors` may be. */
export const VECTOR_CHOICES = ['auto', 'flat', 'binary', 'hnsw'] as const;
export type VectorChoice = (typeof VECTOR_CHOICES)[number];

export interface ChosenVectors {
  mode: VectorMode;
  /** In words that follow "flat: ". */
  why: string;
}

/** Up to so many passages, a visitor loads all their int8 vectors (at 384 dimensions 8 MB) and scans them in under 1 ms. */
const MOST_FLAT = 20_000;

/**
 * Chooses how vectors are searched, by what a visitor has to load. A graph is never chosen unasked: it needs all int8
 * vectors and itself besides, which pays where they are loaded once and kept, and are many.
 */
export function chooseVectors(asked: VectorChoice, passages: number, dimensions: number): ChosenVectors {
  if (asked !== 'auto') return { mode: asked, why: 'as asked' };
  const all = megabytes(passages * dimensions);
  if (passages <= MOST_FLAT)
    return {
      mode: 'flat',
      why: `up to ${MOST_FLAT.toLocaleString('en')} passages all vectors are loaded, here ${all}`,
    };
  if (dimensions > MOST_BINARY_DIMENSIONS)
    return { mode: 'flat', why: `1-bit codes take at most ${MOST_BINARY_DIMENSIONS} dimensions` };
  return {
    mode: 'binary',
    why: `${megabytes((passages * blockBytes(dimensions)) / BLOCK_ROWS)} of codes are loaded, and of ${all} of vectors those of the best`,
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
