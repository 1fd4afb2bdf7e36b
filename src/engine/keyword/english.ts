import { stemmer } from '@orama/stemmers/english';
import { createAnalyser } from './analyse.js';
import { STOP_WORDS } from './stop-words.js';

/** The stem of a folded word (Porter 1980). What has other letters or digits in it stays as it is. */
export function stemEnglish(folded: string): string {
  return /^[a-z]+$/.test(folded) ? stemmer(folded) : folded;
}

/** Lower case without accents, so that "Café" finds "cafe". Only accents: the vowel signs of Hindi are letters. */
function fold(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}

/** English, with the words that questions are asked with left out. */
export const english = createAnalyser({ fold, stem: stemEnglish, stopWords: STOP_WORDS });

/** Any language, by the words themselves: for where its own rules cannot be had. */
export const unstemmed = createAnalyser({ fold, stem: (folded) => folded, stopWords: new Set() });
