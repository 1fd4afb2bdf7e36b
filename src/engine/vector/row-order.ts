/** Rows are not parted further once so few are left. */
const LEAF = 16;
/** A part is cut by what so many of its rows say. */
const SAMPLE = 64;
const ROUNDS = 4;

/**
 * An order that puts similar vectors beside each other: parts are cut in two halves along the line between their two
 * means, over and over. The best rows of a query then lie in few places of a file, and the neighbours of a graph's node
 * have numbers near its own.
 * @returns for each place the row that goes there; rows of a small part keep their order
 */
export function similarOrder(vectors: readonly Float32Array[]): Uint32Array {
  const order = Uint32Array.from(vectors, (_, row) => row);
  const parts: [start: number, end: number][] = [[0, vectors.length]];
  for (let part = parts.pop(); part; part = parts.pop()) {
    const [start, end] = part;
    const rows = order.subarray(start, end);
    if (rows.length <= LEAF) {
      rows.sort();
      continue;
    }
    const middle = start + cut(vectors, rows);
    parts.push([start, middle], [middle, end]);
  }
  return order;
}

/** Puts rows on two sides, and returns how many are on the first. */
function cut(vectors: readonly Float32Array[], rows: Uint32Array): number {
  const step = rows.length / Math.min(SAMPLE, rows.length);
  const sample: Float32Array[] = [];
  for (let at = 0; at < rows.length; at += step) sample.push(vectors[rows[Math.floor(at)]!]!);
  const direction = betweenTwoMeans(sample);
  const threshold = median(sample.map((vector) => dot(vector, direction)));
  let first = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    if (dot(vectors[row]!, direction) >= threshold) continue;
    rows[at] = rows[first]!;
    rows[first++] = row;
  }
  // Rows that are all alike have no sides.
  return first === 0 || first === rows.length ? rows.length >> 1 : first;
}

/** From one of the two means of some vectors to the other. */
function betweenTwoMeans(vectors: readonly Float32Array[]): Float32Array {
  const [one] = vectors;
  const other = vectors.reduce(
    (least, vector) => (dot(vector, one!) < dot(least, one!) ? vector : least),
    one!,
  );
  let direction = one!.map((value, at) => value - other[at]!);
  for (let round = 0; round < ROUNDS; round++) {
    const threshold = median(vectors.map((vector) => dot(vector, direction)));
    const sums = [new Float32Array(direction.length), new Float32Array(direction.length)] as const;
    for (const vector of vectors) {
      const sum = dot(vector, direction) >= threshold ? sums[0] : sums[1];
      for (let at = 0; at < sum.length; at++) sum[at]! += vector[at]!;
    }
    direction = sums[0].map((value, at) => value - sums[1][at]!);
  }
  return direction;
}

function median(values: number[]): number {
  return Float32Array.from(values).sort()[values.length >> 1]!;
}

function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at++) sum += left[at]! * right[at]!;
  return sum;
}
