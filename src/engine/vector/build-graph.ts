import type { Graph, GraphLayer } from './graph-file.js';
import { copyRows, KEY_BYTES, LANES, MOST_DIMENSIONS, rowBytes, rowWidth } from './int8-memory.js';
import { SCALAR, SIMD } from './kernel-bytes/build-hnsw.js';
import { roundUp, startKernel } from './start-kernel.js';
import type { VectorRows } from './vector-file.js';

export interface GraphOptions {
  /**
   * Most neighbours of a node in the upper layers, 4 to 64; the lowest has up to twice as many. More find more, and take
   * more time and bytes. Default 16.
   */
  m?: number | undefined;
  /** How many nodes are kept in view as neighbours are chosen, 8 to 2000. More find more and take longer. Default 400. */
  efConstruction?: number | undefined;
  /** Called now and then. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** On 100,000 passages of MDN, searched with ef 200, these take 36 bytes a vector; recall@10 is .983, of 200 it is .979. */
export const GRAPH_DEFAULTS = { m: 16, efConstruction: 400 };

/** What kernels/build-hnsw.ts exports. */
interface BuildKernel {
  begin(
    ...addresses: [
      ...[rows: number, count: number, width: number, m: number, ef: number, levels: number, lowest: number],
      ...[upperAt: number, upper: number, visited: number, query: number, beam: number, chosen: number],
    ]
  ): void;
  insert(row: number): void;
  entryNode(): number;
}

/** Rows between two calls of `onProgress`. */
const REPORT_EVERY = 1000;

/** Builds an HNSW graph over rows. */
export async function buildGraph(
  vectors: VectorRows,
  {
    m = GRAPH_DEFAULTS.m,
    efConstruction = GRAPH_DEFAULTS.efConstruction,
    onProgress = () => undefined,
  }: GraphOptions = {},
): Promise<Graph> {
  const { rows, dimensions } = vectors;
  if (dimensions > MOST_DIMENSIONS)
    throw new RangeError(
      `A graph takes vectors of at most ${MOST_DIMENSIONS} dimensions, not ${dimensions}.`,
    );
  if (rows === 0) return { entry: 0, layers: [] };
  const levels = Uint8Array.from({ length: rows }, (_, row) => levelOf(row, m));
  const upperAt = new Uint32Array(rows);
  let upperLists = 0;
  levels.forEach((level, row) => {
    upperAt[row] = upperLists;
    upperLists += level;
  });
  const lowestList = 1 + 2 * m;
  const upperList = 1 + m;
  const place = placer(rowBytes(vectors));
  const at = {
    levels: place(rows),
    lowest: place(4 * lowestList * rows),
    upperAt: place(4 * rows),
    upper: place(4 * upperList * upperLists),
    visited: place((rows + 7) >> 3),
    query: place(2 * rowWidth(dimensions)),
    beam: place((Math.max(efConstruction, 2 * m + 1) + 1) * KEY_BYTES),
    chosen: place(4 * 2 * m),
  };
  const started = await startKernel<BuildKernel>([SIMD, SCALAR], place(0));
  if (!started)
    throw new Error(`A graph over ${rows} rows needs WebAssembly and ${place(0)} bytes of memory.`);
  const { kernel, memory } = started;
  copyRows(vectors, memory);
  new Uint8Array(memory.buffer).set(levels, at.levels);
  new Uint32Array(memory.buffer).set(upperAt, at.upperAt / 4);
  kernel.begin(
    ...([0, rows, rowWidth(dimensions), m, efConstruction, at.levels, at.lowest] as const),
    ...([at.upperAt, at.upper, at.visited, at.query, at.beam, at.chosen] as const),
  );
  inRandomOrder(rows).forEach((row, done) => {
    kernel.insert(row);
    if (done % REPORT_EVERY === 0) onProgress(done, rows);
  });
  onProgress(rows, rows);
  return graphOf();

  function graphOf(): Graph {
    const words = new Uint32Array(memory.buffer);
    const listAt = (start: number): number[] =>
      Array.from(words.subarray(start + 1, start + 1 + words[start]!));
    const entry = kernel.entryNode();
    const layers: GraphLayer[] = [
      { rows: undefined, nodes: rows, neighbours: (row) => listAt(at.lowest / 4 + row * lowestList) },
    ];
    for (let layer = 1; layer <= levels[entry]!; layer++) {
      const members = Uint32Array.from(levels.keys()).filter((row) => levels[row]! >= layer);
      const nodeOf = new Map(Array.from(members, (row, node) => [row, node]));
      layers.push({
        rows: members,
        nodes: members.length,
        neighbours: (node) =>
          listAt(at.upper / 4 + (upperAt[members[node]!]! + layer - 1) * upperList).map((row) =>
            nodeOf.get(row)!,
          ),
      });
    }
    return { entry: layers.at(-1).rows?.indexOf(entry) ?? entry, layers };
  }
}

/** Gives out places one after another, on multiples of 16 bytes; of 0 bytes, where the next would be. */
function placer(start: number): (bytes: number) => number {
  let next = start;
  return (bytes) => {
    const place = next;
    next = roundUp(next + bytes, LANES);
    return place;
  };
}

/** A layer has 1/m of the nodes of the one below it, by chance; the same for the same row at every run. */
function levelOf(row: number, m: number): number {
  return Math.min(31, Math.floor(-Math.log((mixed(row) + 1) / 2 ** 32) / Math.log(m)));
}

/** Rows in the order of the site would grow a graph at one end; in this order it is one of the whole all along. */
function inRandomOrder(rows: number): Uint32Array {
  const keys = Float64Array.from({ length: rows }, (_, row) => mixed(row ^ 0x5bd1e995) * 2 ** 21 + row);
  return Uint32Array.from(keys.sort(), (key) => key % 2 ** 21);
}

/** A number's bits, mixed (the end of MurmurHash3). */
function mixed(value: number): number {
  let hash = value + 1;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
