import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { binaryCodes } from '../../src/engine/vector/binary-codes.js';
import { readCodesFile, writeCodesFile } from '../../src/engine/vector/codes-file.js';
import { readGraphFile } from '../../src/engine/vector/graph-file.js';
import { openBinary } from '../../src/engine/vector/open-binary.js';
import { openFlat } from '../../src/engine/vector/open-flat.js';
import { openHnsw } from '../../src/engine/vector/open-hnsw.js';
import { quantise } from '../../src/engine/vector/vector-file.js';
import type { VectorIndex } from '../../src/engine/vector/vector-index.js';
import { percentile } from '../../src/evaluate/measures.js';
import { random } from '../../src/evaluate/random.js';
import type { Row, Table } from '../bench.js';
import { cachedGraph } from './cached-graph.js';
import { PASSAGES, QUERIES } from './embeddings.js';
import { streamingSum } from './streaming-sum.mjs';
import { residentRows } from './own-vectors.js';
import { plain } from './plain-vectors.js';
import type { SearchVectors } from './vector-systems.js';

const DIMENSIONS = 384;
const LIMIT = 10;
const ROUNDS = 3;
const MILLION = 1_000_000;
/** Exact search of a million takes seconds. */
const QUERIES_OF_MILLION = 50;
/** Length of what is added to a unit vector to make another. */
const NOISE = 0.3;

/** The modes at sizes where they matter, in Node, beside the speed at which memory can be read. */
export async function scaleTables(folder: string, progress: (message: string) => void): Promise<Table[]> {
  const real = await vectorsOf(join(folder, PASSAGES));
  const queries = await vectorsOf(join(folder, QUERIES));
  const tables = [
    await scaleTable(real, queries, {
      title: `Vectors: ${real.length.toLocaleString('en')} of MDN`,
      data: 'Passages of MDN, embedded',
      graph: true,
      progress,
    }),
  ];
  progress(`Making ${MILLION} vectors`);
  const many = withNoise(real, MILLION);
  tables.push(
    await scaleTable(many, queries.slice(0, QUERIES_OF_MILLION), {
      title: `Vectors: ${MILLION.toLocaleString('en')}`,
      data: `The ${real.length} of MDN, and others made of them by adding noise of length ${NOISE}`,
      graph: false,
      progress,
    }),
  );
  return tables;
}

interface ScaleOptions {
  title: string;
  data: string;
  /** Whether to build a graph, which takes minutes at 100,000 rows. */
  graph: boolean;
  progress: (message: string) => void;
}

async function scaleTable(
  vectors: readonly Float32Array[],
  queries: readonly Float32Array[],
  { title, data, graph, progress }: ScaleOptions,
): Promise<Table> {
  const say = (what: string): void => progress(`${title}: ${what}`);
  const rows = quantise(vectors);
  const bytes = rows.components.length;
  say('exact search in plain JavaScript');
  const exact = await measure(await plainSearch(vectors), queries, 1);
  const rowOf = async (
    system: string,
    search: SearchVectors,
    megabytes: number,
    note: string,
  ): Promise<Row> => {
    say(system);
    const { times, found } = await measure(search, queries, ROUNDS);
    return {
      system,
      ours: true,
      note,
      figures: { ...figuresOf(times, bytes, sum), megabytes, recall: recall(found) },
    };
  };
  const recall = (found: number[][]): number =>
    found.reduce((all, ids, at) => all + ids.filter((id) => exact.found[at]!.includes(id)).length, 0) /
    (queries.length * LIMIT);

  say('streaming sum');
  const add = await streamingSum(bytes);
  const sums = await measure(() => [add()], queries, ROUNDS);
  const sum = percentile(sums.times, 0.5);
  const flat = await rowOf(
    'second-look, flat int8',
    searchOf(await openFlat(rows)),
    bytes / 1e6,
    'Every row.',
  );
  const codes = writeCodesFile(binaryCodes(vectors), rows);
  const binary = await rowOf(
    'second-look, 1-bit',
    searchOf(await openBinary(readCodesFile(codes, 'codes.bin'), residentRows(rows))),
    codes.length / 1e6,
    'The best 200 rescored by int8 rows in memory.',
  );
  const ours = [flat, binary];
  if (graph) {
    say('building the graph (kept for later runs)');
    const file = await cachedGraph(rows);
    const index = await openHnsw(rows, readGraphFile(file, 'graph.bin'), 'graph.bin');
    ours.push(
      await rowOf(
        'second-look, HNSW int8',
        searchOf(index),
        (bytes + file.length) / 1e6,
        `As indexed by default; the graph has ${(file.length / rows.rows).toFixed(1)} bytes for each vector.`,
      ),
    );
  }
  return {
    title,
    about:
      `${data}: ${rows.rows.toLocaleString('en')} vectors of ${DIMENSIONS} dimensions, ${queries.length} queries, the ten ` +
      'nearest, one thread of Node. Speed is that of the int8 rows, read or spared; the streaming sum adds up as many ' +
      'bytes and is what memory allows. Recall is of the ten nearest by exact float32.',
    columns: [
      { key: 'megabytes', label: 'loaded, MB', better: 'lower', digits: 1 },
      { key: 'p50', label: 'query median, ms', better: 'lower', digits: 2 },
      { key: 'p95', label: 'p95, ms', better: 'lower', digits: 2 },
      { key: 'speed', label: 'GB/s', better: 'higher', digits: 1 },
      { key: 'ofSum', label: 'of the sum’s speed', better: 'higher', digits: 2 },
      { key: 'recall', label: 'recall@10', better: 'higher', digits: 3 },
    ],
    rows: [
      ...ours,
      {
        system: 'plain JavaScript, flat float32',
        ours: false,
        note: 'A loop of dot products; exact.',
        figures: { ...figuresOf(exact.times, bytes, sum), megabytes: (4 * bytes) / 1e6, recall: 1 },
      },
      {
        system: 'streaming sum of the int8 rows',
        ours: false,
        note: 'No search: the bound.',
        figures: figuresOf(sums.times, bytes, sum),
      },
    ],
  };
}

function figuresOf(times: readonly number[], bytes: number, sum: number): Record<string, number> {
  const p50 = percentile(times, 0.5);
  return { p50, p95: percentile(times, 0.95), speed: bytes / p50 / 1e6, ofSum: sum / p50 };
}

async function measure(
  search: SearchVectors,
  queries: readonly Float32Array[],
  rounds: number,
): Promise<{ times: number[]; found: number[][] }> {
  const times: number[] = [];
  let found: number[][] = [];
  for (let round = 0; round < rounds; round++) {
    found = [];
    for (const query of queries) {
      const started = performance.now();
      const answer = search(query, LIMIT);
      found.push(answer instanceof Promise ? await answer : answer);
      times.push(performance.now() - started);
    }
  }
  return { times, found };
}

function searchOf(index: VectorIndex): SearchVectors {
  return (query, limit) => {
    const found = index.search(query, limit);
    return found instanceof Promise
      ? found.then((ranked) => ranked.map(({ passage }) => passage))
      : found.map(({ passage }) => passage);
  };
}

/** Of rows that lie one after another; a plain array of a million rows would not be plain. */
async function plainSearch(vectors: readonly Float32Array[]): Promise<SearchVectors> {
  const components = new Float32Array(vectors.length * DIMENSIONS);
  vectors.forEach((vector, row) => components.set(vector, row * DIMENSIONS));
  return (await plain.build({ components, dimensions: DIMENSIONS, rows: vectors.length })).load();
}

async function vectorsOf(file: string): Promise<Float32Array[]> {
  const { buffer, byteOffset, length } = await readFile(file);
  const all = new Float32Array(buffer, byteOffset, length / 4);
  return Array.from({ length: all.length / DIMENSIONS }, (_, row) =>
    all.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS),
  );
}

/** More unit vectors: the ones given, and near them others. */
function withNoise(vectors: readonly Float32Array[], count: number): Float32Array[] {
  const next = random(1);
  // Uniform numbers of this width have the variance that makes the noise so long.
  const width = NOISE * Math.sqrt(12 / DIMENSIONS);
  return Array.from({ length: count }, (_, row) => {
    const vector = vectors[row % vectors.length]!;
    if (row < vectors.length) return vector;
    let squares = 0;
    const other = vector.map((value) => {
      const noisy = value + width * (next() - 0.5);
      squares += noisy * noisy;
      return noisy;
    });
    const length = Math.sqrt(squares);
    return other.map((value) => value / length);
  });
}
