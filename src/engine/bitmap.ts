/** A set of passages, or of pages, as a bit for each: bit p & 7 of byte p >> 3. */
export type Bitmap = Uint8Array;

export function has(bitmap: Bitmap, passage: number): boolean {
  return (bitmap[passage >> 3]! & (1 << (passage & 7))) !== 0;
}
