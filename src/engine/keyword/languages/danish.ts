import { stemmer } from '@orama/stemmers/danish';
import { stopwords } from '@orama/stopwords/danish';
import type { Language } from '../language.js';

/** Where a keyboard has no å, it is written aa. */
export const danish: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'ikke efter mod over under før',
  respell: (word) => word.replaceAll('aa', 'å'),
};
