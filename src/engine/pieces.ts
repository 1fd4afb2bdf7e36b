/** A part of a text, and where it begins. */
export interface Piece {
  text: string;
  start: number;
}

/**
 * What is left where that is short; else up to a line's end, else up to a space, else so many characters. Longer pieces
 * cost V8's segmenter time and memory with the square of their length, since each segment holds the whole text.
 */
const PIECE = /[^]{1,4000}$|[^]{1,3999}\n|[^]{1,3999} |[^]{1,4000}/gu;

/** Cuts a text into pieces short enough to be segmented. */
export function pieces(text: string): Piece[] {
  return [...text.matchAll(PIECE)].map(({ 0: piece, index }) => ({ text: piece, start: index }));
}
