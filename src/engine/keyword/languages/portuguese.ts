import { stemmer } from '@orama/stemmers/portuguese';
import { stopwords } from '@orama/stopwords/portuguese';
import type { Language } from '../language.js';

/** The stemmer knows endings by their accents ("ção"), which many leave out as they type. */
export const portuguese: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'não sem nem depois até entre',
  respell: (word) =>
    word
      .replace(/cao$/, 'ção')
      .replace(/coes$/, 'ções')
      .replace(/([ai])vel$/, restored),
};

const restored = (_: string, vowel: string): string => (vowel === 'a' ? 'ável' : 'ível');
