import { type Bitmap, has } from '../bitmap.js';
import { damagedFile } from '../index-file/bytes.js';

/** Which passage each row is of, where rows lie in another order than passages. */
export interface PassageOrder {
  passageOf(row: number): number;
  /** A bitmap over passages as one over rows. */
  inRows(allowed: Bitmap): Bitmap;
}

/** Reads the passages of rows, u32 each, from a part of a file, once for each passage. */
export function passageOrder(bytes: Uint8Array, at: number, rows: number, file: string): PassageOrder {
  // A view where the numbers lie on multiples of four, as they do in a file that was read by itself; else a copy.
  const start = bytes.byteOffset + at;
  const passages =
    start % 4 === 0
      ? new Uint32Array(bytes.buffer, start, rows)
      : new Uint32Array(bytes.slice(at, at + 4 * rows).buffer);
  const met = new Uint8Array((rows + 7) >> 3);
  for (const passage of passages) {
    if (passage >= rows || has(met, passage))
      throw damagedFile(file, `passage ${passage} stands twice or is not one of ${rows}`);
    met[passage >> 3]! |= 1 << (passage & 7);
  }
  return {
    passageOf: (row) => passages[row]!,
    inRows(allowed) {
      const bitmap = new Uint8Array((rows + 7) >> 3);
      passages.forEach((passage, row) => {
        if (has(allowed, passage)) bitmap[row >> 3]! |= 1 << (row & 7);
      });
      return bitmap;
    },
  };
}
