/** A part of a text, and where it begins. */
export interface Piece {
  text: string;
  start: number;
}

/** Longer ones cost V8's segmenter time and memory with the square of their length: each segment holds the whole text. */
const LONGEST = 4000;

/** Cuts a text into pieces short enough to be segmented: behind a line, else behind a space, else between characters. */
export function* pieces(text: string): Generator<Piece> {
  for (let start = 0; start < text.length;) {
    const piece = text.slice(start, start + LONGEST);
    const end = start + LONGEST < text.length ? cutOf(piece) : piece.length;
    yield { text: piece.slice(0, end), start };
    start += end;
  }
}

function cutOf(piece: string): number {
  for (const mark of ['\n', ' ']) {
    const at = piece.lastIndexOf(mark);
    if (at >= 0) return at + 1;
  }
  const last = piece.charCodeAt(piece.length - 1);
  const halvesPair = last >= 0xd800 && last < 0xdc00;
  return halvesPair ? piece.length - 1 : piece.length;
}
