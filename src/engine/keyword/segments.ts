import { pieces } from '../pieces.js';
import type { Token } from './analyse.js';

/** Scripts that are written without spaces between words, and Korean, whose words have their particles attached. */
export const UNSPACED =
  /[\p{sc=Hangul}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/gu;
/** Letters of such scripts, with the marks and length signs after them, or no such letters. */
const RUN = new RegExp(`(?:${UNSPACED.source}[\\p{Lm}\\p{M}]*)+|.+?(?=${UNSPACED.source}|$)`, 'gu');
/** Of these, words are short, and where one ends is often a matter of taste: pairs of characters are terms too. */
export const IDEOGRAPHIC = /^[\p{sc=Hangul}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]+$/u;

/** Whether a run of letters has words without spaces between them. */
export function isUnspaced(run: string): boolean {
  return run.search(UNSPACED) >= 0;
}

/**
 * Cuts letters where scripts without spaces and others meet (`npm을`, `Packagesを`), so that words of the others are those
 * they are elsewhere. Not every platform's dictionaries cut there.
 */
export function runs(letters: string): string[] {
  return letters.match(RUN) ?? [];
}

/** Where the platform has none (Firefox before 125), pairs of characters alone stand for the words. */
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter('und', { granularity: 'word' }) : undefined;

/**
 * The words of a run without spaces, as dictionaries cut it, and in Chinese and Japanese every two neighbouring
 * characters too, so that a query finds a text that is cut elsewhere. In the order in which they begin.
 * @param start where the run begins in its text
 */
export function segments(run: string, start: number): Token[] {
  const tokens: Token[] = [];
  if (segmenter)
    for (const piece of pieces(run))
      for (const { segment, index } of segmenter.segment(piece.text))
        tokens.push(tokenAt(segment, start + piece.start + index, false));
  if (!segmenter || IDEOGRAPHIC.test(run)) {
    const ends = new Map(tokens.map((token) => [token.start, token.end]));
    for (const { 0: first, 1: second, index } of run.matchAll(/.(?=(.))/gsu)) {
      const pair = tokenAt(first + second!, start + index, segmenter !== undefined);
      if (ends.get(pair.start) !== pair.end) tokens.push(pair);
    }
  }
  return tokens.sort((left, right) => left.start - right.start);
}

function tokenAt(word: string, start: number, whole: boolean): Token {
  return { term: word.normalize('NFKC').toLowerCase(), start, end: start + word.length, whole };
}
