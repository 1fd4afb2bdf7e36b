import { sentencesOf } from '../engine/sentences.js';
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

/** A passage's text. */
export interface CutPassage {
  text: string;
  /** How much its words count, 0 to 10; 1 where it is left out. */
  weight?: number;
}

/**
 * Cuts a section's blocks into passages of at most `maxTokens`, whole blocks together where they fit. Blocks that count
 * differently are never in one passage.
 */
export function cutPassages(blocks: readonly Block[], options: CutOptions): CutPassage[] {
  return runsOfWeight(blocks).flatMap(({ weight, texts }) =>
    pack(
      texts.flatMap((text) => fitting(text, options)),
      '\n',
      options,
    ).map((text) => ({ text, ...(weight !== undefined && { weight }) })),
  );
}

/** Neighbours that count alike. */
function runsOfWeight(blocks: readonly Block[]): { weight: number | undefined; texts: string[] }[] {
  const runs: { weight: number | undefined; texts: string[] }[] = [];
  for (const { text, weight } of blocks) {
    const last = runs.at(-1);
    if (last && last.weight === weight) last.texts.push(text);
    else runs.push({ weight, texts: [text] });
  }
  return runs;
}

/** A block whole, or its sentences packed, or, where even a sentence is too long, its words. */
function fitting(block: string, options: CutOptions): string[] {
  if (options.count(block) <= options.maxTokens) return [block];
  const sentences = sentencesOf(block, options.language);
  return pack(
    sentences.flatMap((sentence) =>
      options.count(sentence) <= options.maxTokens ? [sentence] : inWords(sentence, options),
    ),
    '',
    options,
  );
}

function inWords(sentence: string, options: CutOptions): string[] {
  const words = sentence.match(/\S+\s*/gu) ?? [];
  return pack(
    words.flatMap((word) => halves(word, options)),
    '',
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

/** Joins pieces in order into as few texts as fit. */
function pack(pieces: readonly string[], joint: string, { maxTokens, count }: CutOptions): string[] {
  const packed: string[] = [];
  let text = '';
  let tokens = 0;
  for (const piece of pieces) {
    const more = count(piece);
    if (text !== '' && tokens + more > maxTokens) {
      packed.push(text.trim());
      text = '';
      tokens = 0;
    }
    text = text === '' ? piece : text + joint + piece;
    tokens += more;
  }
  if (text.trim() !== '') packed.push(text.trim());
  return packed;
}
