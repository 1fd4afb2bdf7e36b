import { SearchError } from '../errors.js';
import { damagedFile } from '../index-file/bytes.js';
import type { Manifest } from '../index-file/manifest.js';
import { type IndexSource, readVerified } from '../index-file/source.js';
import { openFlat } from './open-flat.js';
import { readVectorFile } from './vector-file.js';
import type { VectorIndex } from './vector-index.js';

/** Opens an index's vectors. */
export async function openVectors(
  { vectors, counts, embedder }: Pick<Manifest, 'vectors' | 'counts' | 'embedder'>,
  source: IndexSource,
): Promise<VectorIndex> {
  if (!vectors || !embedder) throw new SearchError('missing-file', 'The index was built without vectors.');
  const rows = readVectorFile(await readVerified(source, vectors), vectors.path);
  if (rows.rows !== counts.passages || rows.dimensions !== embedder.dimensions)
    throw damagedFile(
      vectors.path,
      `it has ${rows.rows} × ${rows.dimensions} numbers where ${counts.passages} × ${embedder.dimensions} belong`,
    );
  return openFlat(rows);
}
