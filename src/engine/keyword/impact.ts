import type { PerField } from './fields.js';

/**
 * BM25F (Robertson, Zaragoza & Taylor 2004; simple variant of Robertson & Zaragoza 2009): term counts are weighted and
 * length-normalised per field, summed, and saturated once. All of it is known when the index is built, so that each
 * posting holds its share of the score in a byte (Anh & Moffat 2002) and a search adds up.
 */
export interface Bm25fOptions {
  /** Saturation: the larger, the longer repeated words keep adding. Default 1.2. */
  k1: number;
  /** How much a word in each field counts. Default title 3, heading 2, trail 2, body 1, url 1. */
  weights: PerField;
  /** How much a field's length discounts its words, 0 (not at all) to 1. Default .3, and .6 for the body. */
  b: PerField;
}

export const BM25F_DEFAULTS: Bm25fOptions = {
  k1: 1.2,
  weights: [3, 2, 2, 1, 1],
  b: [0.3, 0.3, 0.3, 0.6, 0.3],
};

/** Impacts are whole numbers up to this. */
export const HIGHEST_IMPACT = 20;

/**
 * What one posting adds to a score, from 1 to HIGHEST_IMPACT: its saturated frequency.
 * @param counts occurrences in each field
 * @param lengths each field's length over the field's average length
 * @param weight how much the passage counts, 1 for one like any other
 */
export function impactOf(
  counts: ArrayLike<number>,
  lengths: ArrayLike<number>,
  weight: number,
  { k1, weights, b }: Bm25fOptions,
): number {
  let frequency = 0;
  for (let field = 0; field < weights.length; field++) {
    const count = counts[field]!;
    if (count > 0) frequency += (weights[field]! * count) / (1 - b[field]! + b[field]! * lengths[field]!);
  }
  frequency *= weight;
  return Math.max(1, Math.round((HIGHEST_IMPACT * frequency) / (frequency + k1)));
}

/** How much a term says: the rarer, the more (Robertson & Spärck Jones 1976, kept above 0). */
export function idf(documents: number, frequency: number): number {
  return Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}
