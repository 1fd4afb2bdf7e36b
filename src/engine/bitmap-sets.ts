import type { Bitmap } from './bitmap.js';

export function bitmapOf(passages: Iterable<number>, documents: number): Bitmap {
  const bitmap = new Uint8Array((documents + 7) >> 3);
  for (const passage of passages) bitmap[passage >> 3]! |= 1 << (passage & 7);
  return bitmap;
}

/** Those of the first that are in the second too. */
export function both(left: Bitmap, right: Bitmap): Bitmap {
  return left.map((byte, at) => byte & right[at]!);
}

export function either(left: Bitmap, right: Bitmap): Bitmap {
  return left.map((byte, at) => byte | right[at]!);
}

export function allBut(bitmap: Bitmap): Bitmap {
  return bitmap.map((byte) => ~byte);
}
