import type { Embedder } from '../engine/model/embedder.js';

/** Sentences that have nothing to do with each other. */
const UNRELATED = [
  'The river froze over in the last week of January.',
  'Tighten the bolts of the rear wheel crosswise.',
  'Her second string quartet was first played in Vienna.',
  'Interest is paid into the account at the end of each quarter.',
  'Whisk the egg whites until they hold their shape.',
  'The goalkeeper was sent off ten minutes before the end.',
  'Mitochondria have a membrane and a genome of their own.',
  'A comma separates the arguments of a function.',
  'The tenant shall return all keys on the day of moving out.',
  'Most of the island is covered by a tropical forest.',
  'Two tablets a day, to be taken with water after a meal.',
  'The emperor divided his lands among his three sons.',
];

/**
 * The cosine that texts have which have nothing to do with each other: near 0 for most models, .7 and more for some (E5,
 * GTE). Searches take it for nothing. It is a property of the model and is measured as one: passages of one site are all
 * related, so that their cosines say little.
 * @returns the median of all pairs, 0 to .95, to two digits
 */
export async function unrelatedCosine(embedder: Pick<Embedder, 'embedPassages'>): Promise<number> {
  const vectors = await embedder.embedPassages(UNRELATED);
  const cosines = vectors.flatMap((left, at) => vectors.slice(at + 1).map((right) => dot(left, right)));
  cosines.sort((left, right) => left - right);
  const median = cosines[cosines.length >> 1] ?? 0;
  return Math.round(100 * Math.min(0.95, Math.max(0, median))) / 100;
}

function dot(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, at) => sum + value * right[at]!, 0);
}
