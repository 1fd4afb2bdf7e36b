import { damagedFile } from '../index-file/bytes.js';
import type { FileEntry } from '../index-file/manifest.js';
import { type IndexSource, readVerified } from '../index-file/source.js';
import { type CodesFile, readCodesFile } from './codes-file.js';
import { openBinary } from './open-binary.js';
import { rowReader } from './row-reader.js';
import { ROWS_BEGIN } from './vector-file.js';
import type { VectorIndex } from './vector-index.js';

/**
 * Loads 1-bit codes, and opens a search of them that reads int8 rows by ranges.
 * @param checkSize refuses codes of another index
 * @param onShortfall hears why rows cannot be read, and undefined once they can
 */
export async function loadBinary(
  source: IndexSource,
  file: FileEntry,
  rowFile: FileEntry,
  checkSize: (path: string, codes: CodesFile) => void,
  onShortfall: (reason: string | undefined) => void,
): Promise<VectorIndex> {
  const codes = readCodesFile(await readVerified(source, file), file.path);
  checkSize(file.path, codes);
  const bytes = ROWS_BEGIN + codes.rows * codes.dimensions;
  if (rowFile.bytes !== bytes)
    throw damagedFile(
      file.path,
      `it is of ${bytes} bytes of rows where ${rowFile.path} has ${rowFile.bytes}`,
    );
  return openBinary(codes, rowReader(source, rowFile.path, codes, onShortfall));
}
