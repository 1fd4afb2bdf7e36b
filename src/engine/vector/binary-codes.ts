/** Codes of rows in groups of so many lie side by side, as the kernel reads them. */
export const BLOCK_ROWS = 32;
/** Dimensions that pick an entry of a table together. */
const GROUP = 4;
/** The kernel takes so many dimensions at a time. */
const LANES = 16;
/** With more dimensions, a sum of table entries might not fit 16 bits. */
export const MOST_BINARY_DIMENSIONS = 4096;
/** Factors are whole numbers to this. */
const FACTOR_LEVELS = 65535;
/** Table entries are whole numbers to this: four of them fit a byte. */
const TABLE_LEVELS = 63;

/**
 * Vectors as a bit for each dimension: on which side of the mean it lies. With the factor of each row, an unbiased
 * estimate of its dot product with a query that is not rounded at all: Gao & Long, "RaBitQ" (2024), without the random
 * rotation, which gained nothing on embeddings of text.
 */
export interface BinaryCodes {
  /** Mean of all vectors. */
  mean: Float32Array;
  /** What a factor of 1 is. */
  factorScale: number;
  /** For each 32 rows: codes, then factors; see kernels/binary.ts. */
  blocks: Uint8Array;
}

/** A query as the kernel takes it. */
export interface QueryTables {
  /** For each group of four dimensions, what each of their 16 patterns adds. */
  tables: Uint8Array;
  /** A row's estimate is its factor × (unit × sum of entries + base). */
  unit: number;
  base: number;
}

/** Groups of dimensions, filled up to what the kernel takes at a time. */
function groupsOf(dimensions: number): number {
  return (Math.ceil(dimensions / LANES) * LANES) / GROUP;
}

/** Bytes of 32 rows. */
export function blockBytes(dimensions: number): number {
  return (BLOCK_ROWS / 2) * groupsOf(dimensions) + 2 * BLOCK_ROWS;
}

/** Makes codes of vectors. */
export function binaryCodes(vectors: readonly Float32Array[]): BinaryCodes {
  const dimensions = vectors[0]?.length ?? 0;
  const mean = meanOf(vectors, dimensions);
  const size = blockBytes(dimensions);
  const blocks = new Uint8Array(Math.ceil(vectors.length / BLOCK_ROWS) * size);
  const factors = new Float32Array(vectors.length);
  vectors.forEach((vector, row) => {
    const start = Math.floor(row / BLOCK_ROWS) * size;
    factors[row] = encode(vector, mean, blocks.subarray(start, start + size), row % BLOCK_ROWS);
  });
  const factorScale = (factors.reduce((most, factor) => Math.max(most, factor), 0) || 1) / FACTOR_LEVELS;
  const view = new DataView(blocks.buffer);
  factors.forEach((factor, row) => {
    const end = (Math.floor(row / BLOCK_ROWS) + 1) * size;
    view.setUint16(end + 2 * ((row % BLOCK_ROWS) - BLOCK_ROWS), Math.round(factor / factorScale), true);
  });
  return { mean, factorScale, blocks };
}

function meanOf(vectors: readonly Float32Array[], dimensions: number): Float32Array {
  const sums = new Float64Array(dimensions);
  for (const vector of vectors) for (let at = 0; at < dimensions; at++) sums[at]! += vector[at]!;
  return Float32Array.from(sums, (sum) => sum / vectors.length);
}

/**
 * Sets a row's bits in its block, and returns its factor: with r the vector less the mean and s the signs of r,
 * r·q ≈ s·q × r·r / r·s, which is |r|² / Σ|r|.
 */
function encode(vector: Float32Array, mean: Float32Array, block: Uint8Array, row: number): number {
  let squares = 0;
  let sizes = 0;
  const half = row < BLOCK_ROWS / 2 ? 0 : 4;
  for (let at = 0; at < vector.length; at++) {
    const value = vector[at]! - mean[at]!;
    squares += value * value;
    sizes += Math.abs(value);
    if (value > 0)
      block[(Math.floor(at / GROUP) * BLOCK_ROWS) / 2 + (row % (BLOCK_ROWS / 2))]! |=
        1 << (half + (at % GROUP));
  }
  return sizes > 0 ? squares / sizes : 0;
}

/** Makes tables of a query. With s = 2b − 1 for the bits b of a row, s·q = 2 × (sum of q where b is set) − sum of q. */
export function queryTables(query: Float32Array): QueryTables {
  const groups = groupsOf(query.length);
  const sums = new Float32Array(groups * 16);
  for (let entry = 0; entry < sums.length; entry++)
    for (let bit = 0; bit < GROUP; bit++)
      if (entry & (1 << bit)) sums[entry]! += query[(entry >> 4) * GROUP + bit] ?? 0;
  let widest = 0;
  let least = 0;
  const floors = Float32Array.from({ length: groups }, (_, group) => {
    const entries = sums.subarray(group * 16, (group + 1) * 16);
    const floor = Math.min(...entries);
    widest = Math.max(widest, Math.max(...entries) - floor);
    least += floor;
    return floor;
  });
  const step = widest / TABLE_LEVELS || 1;
  return {
    tables: Uint8Array.from(sums, (sum, entry) => Math.round((sum - floors[entry >> 4]!) / step)),
    unit: 2 * step,
    base: 2 * least - query.reduce((sum, value) => sum + value, 0),
  };
}
