import { percentile } from '../../src/evaluate/measures.js';
import { KEYWORD_SYSTEMS } from './keyword-systems.js';
import { plain } from './plain-vectors.js';
import {
  type SearchVectors,
  VECTOR_SYSTEMS,
  type VectorIndex,
  type Vectors,
  type VectorSystem,
} from './vector-systems.js';

/** Results asked for. */
const LIMIT = 10;
const LOADS = 3;
const ROUNDS = 3;

/** Opens a system's file and asks it the queries. */
async function measureKeywords(
  name: string,
  url: string,
  queries: readonly string[],
): Promise<Record<string, number>> {
  const system = KEYWORD_SYSTEMS.find((one) => one.name === name)!;
  const file = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const loads: number[] = [];
  let search: Awaited<ReturnType<typeof system.load>> | undefined;
  for (let load = 0; load < LOADS; load++) {
    const started = performance.now();
    search = await system.load(file);
    loads.push(performance.now() - started);
  }
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++)
    for (const query of queries) {
      const started = performance.now();
      await search!(query, LIMIT);
      times.push(performance.now() - started);
    }
  return { load: percentile(loads, 0.5), ...latency(times) };
}

/** Builds, saves and opens an index of vectors, asks it the queries, and counts what it finds of the exact ten. */
async function measureVectors(
  name: string,
  urls: { passages: string; queries: string },
  dimensions: number,
): Promise<Record<string, number>> {
  const system = VECTOR_SYSTEMS.find((one) => one.name === name)!;
  const vectors = await fetchVectors(urls.passages, dimensions);
  const queries = rowsOf(await fetchVectors(urls.queries, dimensions));
  const exact = await (await plain.build(vectors)).load();

  let started = performance.now();
  const index = await system.build(vectors);
  const build = performance.now() - started;
  const bytes = await index.save();
  const { search, load } = await opened(index);

  const times: number[] = [];
  let found = 0;
  for (let round = 0; round < ROUNDS; round++)
    for (const query of queries) {
      started = performance.now();
      const answer = search(query, LIMIT);
      // Those that answer at once wait for nothing.
      const rows = answer instanceof Promise ? await answer : answer;
      times.push(performance.now() - started);
      if (round > 0) continue;
      const truth = new Set(await exact(query, LIMIT));
      found += rows.filter((row) => truth.has(row)).length;
    }
  return {
    build,
    ...(load !== undefined && { load }),
    bytes,
    recall: found / (queries.length * LIMIT),
    ...latency(times),
  };
}

async function opened(index: VectorIndex): Promise<{ search: SearchVectors; load?: number }> {
  const started = performance.now();
  try {
    const search = await index.load();
    return { search, load: performance.now() - started };
  } catch (error) {
    if (!index.unsaved) throw error;
    return { search: index.unsaved };
  }
}

function latency(times: readonly number[]): { p50: number; p95: number } {
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

async function fetchVectors(url: string, dimensions: number): Promise<Vectors> {
  const components = new Float32Array(await (await fetch(url)).arrayBuffer());
  return { components, dimensions, rows: components.length / dimensions };
}

function rowsOf({ components, dimensions, rows }: Vectors): Float32Array[] {
  return Array.from({ length: rows }, (_, row) => components.slice(row * dimensions, (row + 1) * dimensions));
}

/** What there is to measure. Only the browser can load all of it. */
function vectorSystems(): Omit<VectorSystem, 'build'>[] {
  return VECTOR_SYSTEMS.map(({ name, ours, note, package: npmPackage }) => ({
    name,
    ours,
    note,
    ...(npmPackage !== undefined && { package: npmPackage }),
  }));
}

declare global {
  var retrievers: {
    measureKeywords: typeof measureKeywords;
    measureVectors: typeof measureVectors;
    vectorSystems: typeof vectorSystems;
  };
}
globalThis.retrievers = { measureKeywords, measureVectors, vectorSystems };
