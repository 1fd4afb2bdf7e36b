import { SearchError } from '../errors.js';
import { damagedFile } from '../index-file/bytes.js';
import type { FileEntry, Manifest } from '../index-file/manifest.js';
import { MANIFEST } from '../index-file/manifest-name.js';
import { type IndexSource, readVerified } from '../index-file/source.js';
import { loadCode } from '../load-code.js';
import { checkWebAssembly } from '../model/check-web-assembly.js';
import { readVectorFile, type VectorRows } from './vector-file.js';
import type { VectorIndex } from './vector-index.js';

/**
 * Opens an index's vectors in the mode that the manifest names. A mode's code comes with it.
 * @param onShortfall hears why searches answer less well than they could, and undefined once they do not
 */
export async function openVectors(
  { vectors, counts, embedder }: Pick<Manifest, 'vectors' | 'counts' | 'embedder'>,
  source: IndexSource,
  onShortfall: (reason: string | undefined) => void,
): Promise<VectorIndex> {
  if (!vectors || !embedder) throw new SearchError('missing-file', 'The index was built without vectors.');
  // Without an embedder of the query they are of no use.
  await checkWebAssembly();
  switch (vectors.mode) {
    case 'flat':
      return (await loadCode('open-flat.js', () => import('./open-flat.js'))).openFlat(
        await rowsOf(vectors.rows),
      );
    case 'binary': {
      const file = named('codes');
      const { loadBinary } = await loadCode('load-binary.js', () => import('./load-binary.js'));
      return loadBinary(source, file, vectors.rows, checkSize, (reason) =>
        onShortfall(reason && `Some passages are compared by estimates alone: ${reason}`),
      );
    }
    case 'hnsw': {
      const file = named('graph');
      const { loadHnsw } = await loadCode('load-hnsw.js', () => import('./load-hnsw.js'));
      const [rows, graph] = await Promise.all([rowsOf(vectors.rows), readVerified(source, file)]);
      return loadHnsw(rows, graph, file.path, vectors.ef);
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
