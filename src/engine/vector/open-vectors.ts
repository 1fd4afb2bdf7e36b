import { SearchError } from '../errors.js';
import { damagedFile } from '../index-file/bytes.js';
import { type FileEntry, MANIFEST, type Manifest } from '../index-file/manifest.js';
import { type IndexSource, readVerified } from '../index-file/source.js';
import { readCodesFile } from './codes-file.js';
import { readGraphFile } from './graph-file.js';
import { openBinary } from './open-binary.js';
import { openFlat } from './open-flat.js';
import { openHnsw } from './open-hnsw.js';
import { rowReader } from './row-reader.js';
import { readVectorFile, ROWS_BEGIN, type VectorRows } from './vector-file.js';
import type { VectorIndex } from './vector-index.js';

/**
 * Opens an index's vectors in the mode that the manifest names.
 * @param onShortfall hears why searches answer less well than they could, and undefined once they do not
 */
export async function openVectors(
  { vectors, counts, embedder }: Pick<Manifest, 'vectors' | 'counts' | 'embedder'>,
  source: IndexSource,
  onShortfall: (reason: string | undefined) => void,
): Promise<VectorIndex> {
  if (!vectors || !embedder) throw new SearchError('missing-file', 'The index was built without vectors.');
  switch (vectors.mode) {
    case 'flat':
      return openFlat(await rowsOf(vectors.rows));
    case 'binary': {
      const file = named('codes');
      const rowFile = vectors.rows;
      const codes = readCodesFile(await readVerified(source, file), file.path);
      checkSize(file.path, codes);
      const bytes = ROWS_BEGIN + codes.rows * codes.dimensions;
      if (rowFile.bytes !== bytes)
        throw damagedFile(
          file.path,
          `it is of ${bytes} bytes of rows where ${rowFile.path} has ${rowFile.bytes}`,
        );
      return openBinary(
        codes,
        rowReader(source, rowFile.path, codes, (reason) =>
          onShortfall(reason && `Some passages are compared by estimates alone: ${reason}`),
        ),
      );
    }
    case 'hnsw': {
      const file = named('graph');
      const [rows, graph] = await Promise.all([rowsOf(vectors.rows), readVerified(source, file)]);
      return openHnsw(rows, readGraphFile(graph, file.path), file.path, { ef: vectors.ef });
    }
  }

  function named(part: 'codes' | 'graph'): FileEntry {
    const file = vectors![part];
    if (!file) throw damagedFile(MANIFEST, `its vectors are ${vectors!.mode}, and it names no ${part}`);
    return file;
  }

  async function rowsOf(file: FileEntry): Promise<VectorRows> {
    const rows = readVectorFile(await readVerified(source, file), file.path);
    checkSize(file.path, rows);
    return rows;
  }

  function checkSize(path: string, { rows, dimensions }: Pick<VectorRows, 'rows' | 'dimensions'>): void {
    if (rows !== counts.passages || dimensions !== embedder!.dimensions)
      throw damagedFile(
        path,
        `it has ${rows} × ${dimensions} numbers where ${counts.passages} × ${embedder!.dimensions} belong`,
      );
  }
}
