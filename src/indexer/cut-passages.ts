import type { Block } from './cut-sections.js';

/** How to cut: lengths in the embedder's tokens. */
export interface CutOptions {
  /** Longest passage text. */
  maxTokens: number;
  /** Counts a text's tokens. */
  count: (text: string) => number;
  /** Language for finding sentences, BCP 47. */
  language: string;
}

/** A passage's text, and what of it is code. */
export interface CutPassage {
  text: string;
  /** `[start, end)` in UTF-16 units, in order; absent where there is none. */
  code?: [start: number, end: number][];
  /** How much its words count, 0 to 10; 1 where it is left out. */
  weight?: number;
}

/** A block or a piece of one. */
type Piece = Pick<Block, 'text' | 'code'>;

/**
 * Cuts a section's blocks into passages of at most `maxTokens`, whole blocks together where they fit. Blocks that count
 * differently are never in one passage.
 */
export function cutPassages(blocks: readonly Block[], options: CutOptions): CutPassage[] {
  return runsOfWeight(blocks).flatMap(({ weight, blocks }) => {
    const pieces = blocks.flatMap(({ text, code }) =>
      fitting(text.trim(), options).map((piece): Piece => ({ text: piece, ...(code && { code }) })),
    );
    return pack(pieces, ({ text }) => text, options).map((packed) => ({
      ...joined(packed),
      ...(weight !== undefined && { weight }),
    }));
  });
}

function runsOfWeight(blocks: readonly Block[]): { weight: number | undefined; blocks: Block[] }[] {
  const runs: { weight: number | undefined; blocks: Block[] }[] = [];
  for (const block of blocks) {
    if (block.text.trim() === '') continue;
    const last = runs.at(-1);
    if (last && last.weight === block.weight) last.blocks.push(block);
    else runs.push({ weight: block.weight, blocks: [block] });
  }
  return runs;
}

/** Pieces as a passage, a line each. */
function joined(pieces: readonly Piece[]): CutPassage {
  const code: [number, number][] = [];
  let at = 0;
  for (const piece of pieces) {
    if (piece.code) code.push([at, at + piece.text.length]);
    at += piece.text.length + 1;
  }
  return { text: pieces.map(({ text }) => text).join('\n'), ...(code.length > 0 && { code }) };
}

/** A block whole, or its sentences packed, or, where even a sentence is too long, its words. */
function fitting(block: string, options: CutOptions): string[] {
  if (options.count(block) <= options.maxTokens) return [block];
  const sentences = sentencesOf(block, options.language);
  return packText(
    sentences.flatMap((sentence) =>
      options.count(sentence) <= options.maxTokens ? [sentence] : inWords(sentence, options),
    ),
    options,
  );
}

function inWords(sentence: string, options: CutOptions): string[] {
  const words = sentence.match(/\S+\s*/gu) ?? [];
  return packText(
    words.flatMap((word) => halves(word, options)),
    options,
  );
}

/** A word that is too long by itself (a URL, a line of Chinese), halved until each piece fits. */
function halves(word: string, options: CutOptions): string[] {
  const characters = Array.from(word);
  if (characters.length < 2 || options.count(word) <= options.maxTokens) return [word];
  const middle = characters.length >> 1;
  return [characters.slice(0, middle), characters.slice(middle)].flatMap((half) =>
    halves(half.join(''), options),
  );
}

const segmenters = new Map<string, Intl.Segmenter>();
function sentencesOf(text: string, language: string): string[] {
  let segmenter = segmenters.get(language);
  if (!segmenter)
    segmenters.set(language, (segmenter = new Intl.Segmenter(language, { granularity: 'sentence' })));
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** Puts pieces in order into as few groups as fit. */
function pack<T>(pieces: readonly T[], textOf: (piece: T) => string, { maxTokens, count }: CutOptions): T[][] {
  const packed: T[][] = [];
  let tokens = Infinity;
  for (const piece of pieces) {
    const more = count(textOf(piece));
    if (tokens + more > maxTokens) {
      packed.push([]);
      tokens = 0;
    }
    packed.at(-1)!.push(piece);
    tokens += more;
  }
  return packed;
}

/** Joins pieces of a text, which have their white space with them, into as few texts as fit. */
function packText(pieces: readonly string[], options: CutOptions): string[] {
  const packed = pack(pieces, (piece) => piece, options).map((group) => group.join('').trim());
  return packed.filter((text) => text !== '');
}
