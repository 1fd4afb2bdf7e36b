import { SearchError } from '../engine/errors.js';
import { binaryCodes, MOST_BINARY_DIMENSIONS } from '../engine/vector/binary-codes.js';
import { buildGraph, type GraphOptions } from '../engine/vector/build-graph.js';
import { writeCodesFile } from '../engine/vector/codes-file.js';
import { writeGraphFile } from '../engine/vector/graph-file.js';
import type { VectorEntry, VectorMode } from '../engine/vector/vector-entry.js';
import { quantise, type VectorRows, writeVectorFile } from '../engine/vector/vector-file.js';
import type { IndexFolder } from './index-folder.js';

/** Where files go. */
type Folder = Pick<IndexFolder, 'add'>;

export interface HnswOptions extends GraphOptions {
  /** How many rows a search keeps in view, 8 to 2000. More find more and take longer. Default 200. */
  ef: number;
}

/** Writes the vector files that a mode takes, and returns what the manifest says of them. */
export async function writeVectors(
  index: Folder,
  vectors: readonly Float32Array[],
  mode: VectorMode,
  { ef, ...graph }: HnswOptions,
): Promise<VectorEntry> {
  const dimensions = vectors[0]?.length ?? 0;
  if (mode === 'binary' && dimensions > MOST_BINARY_DIMENSIONS)
    throw new SearchError(
      'bad-option',
      `The embedder makes vectors of ${dimensions} dimensions, and 1-bit codes take at most ${MOST_BINARY_DIMENSIONS}: ` +
        'ask for flat.',
    );
  const quantised = quantise(vectors);
  const rows = await index.add('vectors.bin', writeVectorFile(quantised));
  switch (mode) {
    case 'flat':
      return { mode, rows };
    case 'binary':
      return { mode, rows, codes: await index.add('codes.bin', codesOf(vectors, quantised)) };
    case 'hnsw':
      return {
        ...{ mode, ef, rows },
        graph: await index.add('graph.bin', writeGraphFile(await buildGraph(quantised, graph))),
      };
  }
}

function codesOf(vectors: readonly Float32Array[], rows: VectorRows): Uint8Array<ArrayBuffer> {
  return writeCodesFile(binaryCodes(vectors), rows);
}
