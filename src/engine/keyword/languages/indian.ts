import { stemmer } from '@orama/stemmers/indian';
import { stopwords } from '@orama/stopwords/indian';
import type { Language } from '../language.js';

export const indian: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'नहीं न',
};
