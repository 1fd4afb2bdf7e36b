import { ByteReader, ByteWriter, damagedFile } from '../index-file/bytes.js';
import { crc32 } from '../index-file/crc32.js';
import { BLOCK_ROWS, type BinaryCodes, blockBytes, MOST_BINARY_DIMENSIONS } from './binary-codes.js';
import type { VectorRows } from './vector-file.js';

/**
 * The 1-bit codes of rows as a file, with what it takes to read the int8 rows of some of them from their own file:
 *
 *   "SLB1" | rows u32 | dimensions u32 | scale of the int8 rows f32 | what a factor of 1 is f32
 *   the mean of all vectors, f32 for each dimension
 *   the CRC-32 of every 8 int8 rows, u32 …
 *   blocks of 32 rows: codes, factors (see kernels/binary.ts)
 */
export interface CodesFile extends BinaryCodes {
  rows: number;
  dimensions: number;
  /** Of the int8 rows. */
  scale: number;
  /** CRC-32 of every `CHECKED_ROWS` int8 rows. */
  checks: Uint32Array;
}

const TAG = 'SLB1';
/** Int8 rows are checked, and so read, in groups of so many. */
export const CHECKED_ROWS = 8;

/** Writes the file of codes and of the int8 rows of the same vectors. */
export function writeCodesFile(
  { mean, factorScale, blocks }: BinaryCodes,
  { rows, dimensions, scale, components }: VectorRows,
): Uint8Array<ArrayBuffer> {
  const file = new ByteWriter(blocks.length + rows + 4 * dimensions + 64);
  file.tag(TAG);
  file.u32(rows);
  file.u32(dimensions);
  file.f32(scale);
  file.f32(factorScale);
  for (const value of mean) file.f32(value);
  const bytes = new Uint8Array(components.buffer, components.byteOffset, components.length);
  const step = CHECKED_ROWS * dimensions;
  for (let row = 0; row < rows; row += CHECKED_ROWS)
    file.u32(crc32(bytes.subarray(row * dimensions, row * dimensions + step)));
  file.raw(blocks);
  return file.finish();
}

/** Opens the file; the blocks are a view of its bytes. */
export function readCodesFile(bytes: Uint8Array, name: string): CodesFile {
  const reader = new ByteReader(bytes, name);
  reader.tag(TAG);
  const rows = reader.u32();
  const dimensions = reader.u32();
  const scale = positive(reader.f32());
  const factorScale = positive(reader.f32());
  if (dimensions > MOST_BINARY_DIMENSIONS) throw damagedFile(name, `it has ${dimensions} dimensions`);
  const mean = new Float32Array(words(dimensions).buffer);
  if (!mean.every((value) => Math.abs(value) < 1e6)) throw damagedFile(name, 'its mean has no numbers');
  return {
    ...{ rows, dimensions, scale, factorScale, mean },
    checks: words(Math.ceil(rows / CHECKED_ROWS)),
    blocks: reader.raw(Math.ceil(rows / BLOCK_ROWS) * blockBytes(dimensions)),
  };

  function positive(value: number): number {
    if (!(value > 0 && value < 1e6)) throw damagedFile(name, `one of its scales is ${value}`);
    return value;
  }

  function words(count: number): Uint32Array<ArrayBuffer> {
    return new Uint32Array(reader.raw(4 * count).slice().buffer);
  }
}
