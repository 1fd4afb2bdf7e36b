/** Pairs of passages that are compared. */
const PAIRS = 2000;
/** The share of pairs that count as unrelated for sure, even where a whole site is about one thing. */
const UNRELATED = 0.01;
/** Primes, so that the pairs are spread over the site and are the same every time. */
const STRIDES = [7919, 104_729] as const;

/**
 * The cosine that passages have which have nothing to do with each other: near 0 for most models, .7 and more for some
 * (E5, GTE). Searches take it for nothing. It is the first percentile of pairs from all over the site, never below 0.
 * @param vectors unit vectors
 */
export function unrelatedCosine(vectors: readonly Float32Array[]): number {
  const count = vectors.length;
  if (count < 2) return 0;
  const cosines = Array.from({ length: PAIRS }, (_, pair) => {
    const left = (pair * STRIDES[0]) % count;
    const right = (left + 1 + ((pair * STRIDES[1]) % (count - 1))) % count;
    return dot(vectors[left]!, vectors[right]!);
  });
  cosines.sort((left, right) => left - right);
  return Math.min(0.99, Math.max(0, cosines[Math.floor(UNRELATED * PAIRS)]!));
}

function dot(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, at) => sum + value * right[at]!, 0);
}
