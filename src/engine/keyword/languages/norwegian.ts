import { stemmer } from '@orama/stemmers/norwegian';
import { stopwords } from '@orama/stopwords/norwegian';
import type { Language } from '../language.js';

/** Where a keyboard has no å, it is written aa. */
export const norwegian: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'ikke ikkje ikkje uten etter mot over under før',
  respell: (word) => word.replaceAll('aa', 'å'),
};
