import type { Graph, GraphLayer } from './graph-file.js';
import { copyRows, KEY_BYTES, LANES, MOST_DIMENSIONS, rowBytes, rowWidth } from './int8-memory.js';
import { SCALAR, SIMD } from './kernel-bytes/build-hnsw.js';
import { roundUp, startKernel } from '../start-kernel.js';
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

/** What `inRandomOrder` can count. */
const MOST_ROWS = 2 ** 21;
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
  if (rows > MOST_ROWS || dimensions > MOST_DIMENSIONS)
    throw new RangeError(
      `A graph takes at most ${MOST_ROWS} vectors of ${MOST_DIMENSIONS} dimensions, not ${rows} of ${dimensions}: ` +
        'use 1-bit codes.',
    );
  if (rows === 0) return { entry: 0, layers: [] };
  const lists = listsOf(rows, m);
  const at = placesOf(vectors, m, efConstruction, lists);
  const started = await startKernel<BuildKernel>([SIMD, SCALAR], at.end);
  if (!started) throw new Error(`A graph over ${rows} rows needs WebAssembly and ${at.end} bytes of memory.`);
  const { kernel, memory } = started;
  copyRows(vectors, memory);
  new Uint8Array(memory.buffer).set(lists.levels, at.levels);
  new Uint32Array(memory.buffer).set(lists.upperAt, at.upperAt / 4);
  kernel.begin(
    ...([0, rows, rowWidth(dimensions), m, efConstruction, at.levels, at.lowest] as const),
    ...([at.upperAt, at.upper, at.visited, at.query, at.beam, at.chosen] as const),
  );
  inRandomOrder(rows).forEach((row, done) => {
    kernel.insert(row);
    if (done % REPORT_EVERY === 0) onProgress(done, rows);
  });
  onProgress(rows, rows);
  return graphIn(new Uint32Array(memory.buffer), kernel.entryNode(), m, lists, at);
}

/** The highest layer of each row, and where its lists of the upper layers begin among those of all. */
interface Lists {
  levels: Uint8Array;
  upperAt: Uint32Array;
  upper: number;
}

function listsOf(rows: number, m: number): Lists {
  const levels = Uint8Array.from({ length: rows }, (_, row) => levelOf(row, m));
  const upperAt = new Uint32Array(rows);
  let upper = 0;
  levels.forEach((level, row) => {
    upperAt[row] = upper;
    upper += level;
  });
  return { levels, upperAt, upper };
}

/** Where things lie in the kernel's memory, after the rows; a list is its length and then its nodes, u32 each. */
function placesOf(vectors: VectorRows, m: number, efConstruction: number, { upper }: Lists) {
  let next = rowBytes(vectors);
  const place = (bytes: number): number => {
    const start = next;
    next = roundUp(next + bytes, LANES);
    return start;
  };
  return {
    levels: place(vectors.rows),
    lowest: place(4 * (1 + 2 * m) * vectors.rows),
    upperAt: place(4 * vectors.rows),
    upper: place(4 * (1 + m) * upper),
    visited: place((vectors.rows + 7) >> 3),
    query: place(2 * rowWidth(vectors.dimensions)),
    beam: place((Math.max(efConstruction, 2 * m + 1) + 1) * KEY_BYTES),
    chosen: place(4 * 2 * m),
    end: next,
  };
}

/** Reads the graph out of the kernel's memory. */
function graphIn(
  words: Uint32Array,
  entry: number,
  m: number,
  { levels, upperAt }: Lists,
  at: Pick<ReturnType<typeof placesOf>, 'lowest' | 'upper'>,
): Graph {
  const listAt = (start: number): number[] =>
    Array.from(words.subarray(start + 1, start + 1 + words[start]!));
  const layers: GraphLayer[] = [
    {
      rows: undefined,
      nodes: levels.length,
      neighbours: (row) => listAt(at.lowest / 4 + row * (1 + 2 * m)),
    },
  ];
  let last = entry;
  for (let layer = 1; layer <= levels[entry]!; layer++) {
    const rows = Uint32Array.from(levels.keys()).filter((row) => levels[row]! >= layer);
    const nodeOf = new Map(Array.from(rows, (row, node) => [row, node]));
    const lists = (node: number): number[] =>
      listAt(at.upper / 4 + (upperAt[rows[node]!]! + layer - 1) * (1 + m));
    layers.push({
      rows,
      nodes: rows.length,
      neighbours: (node) => lists(node).map((row) => nodeOf.get(row)!),
    });
    last = nodeOf.get(entry)!;
  }
  return { entry: last, layers };
}

/** A layer has 1/m of the nodes of the one below it, by chance; the same for the same row at every run. */
function levelOf(row: number, m: number): number {
  return Math.min(31, Math.floor(-Math.log((mixed(row) + 1) / 2 ** 32) / Math.log(m)));
}

/** Rows in the order of the site would grow a graph at one end; in this order it is one of the whole all along. */
function inRandomOrder(rows: number): Uint32Array {
  const keys = Float64Array.from({ length: rows }, (_, row) => mixed(row ^ 0x5bd1e995) * MOST_ROWS + row);
  return Uint32Array.from(keys.sort(), (key) => key % MOST_ROWS);
}

/** A number's bits, mixed (the end of MurmurHash3). */
function mixed(value: number): number {
  let hash = value + 1;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
