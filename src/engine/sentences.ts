import { type Piece, pieces } from './pieces.js';

/** A sentence with what follows it up to the next one, and where it begins. */
export type Sentence = Piece;

const segmenters = new Map<string, Intl.Segmenter>();

/**
 * The sentences of a text, which are the whole of it; a line ends one too.
 * @param language BCP 47
 */
export function sentencesOf(text: string, language: string): Sentence[] {
  // Firefox before 125 has no segmenter.
  if (!('Segmenter' in Intl))
    return [...text.matchAll(/.+?(?:[.!?。！？]\s+|\n|$)/gsu)].map(({ 0: sentence, index }) => ({
      text: sentence,
      start: index,
    }));
  let segmenter = segmenters.get(language);
  if (!segmenter)
    segmenters.set(language, (segmenter = new Intl.Segmenter(language, { granularity: 'sentence' })));
  const sentences: Sentence[] = [];
  for (const piece of pieces(text))
    for (const { segment, index } of segmenter.segment(piece.text))
      sentences.push({ text: segment, start: piece.start + index });
  return sentences;
}
