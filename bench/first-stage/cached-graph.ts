import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildGraph } from '../../src/engine/vector/build-graph.js';
import { writeGraphFile } from '../../src/engine/vector/graph-file.js';
import type { VectorRows } from '../../src/engine/vector/vector-file.js';
import { cachedFolder, contentKey } from '../cache.js';

const FILE = 'graph.bin';

/** The file of a graph over rows; it is kept for later runs, since 100,000 rows take minutes. */
export async function cachedGraph(rows: VectorRows): Promise<Uint8Array> {
  const sources = ['kernels/*', 'build-graph', 'graph-file', 'vector-file'].map(
    (name) => `src/engine/vector/${name}.ts`,
  );
  const folder = await cachedFolder(
    'graph',
    `${rows.rows} ${rows.scale} ${await contentKey(...sources)}`,
    async (made) => writeFile(join(made, FILE), writeGraphFile(await buildGraph(rows))),
  );
  return new Uint8Array(await readFile(join(folder, FILE)));
}
