import { stemmer } from '@orama/stemmers/nepali';
import { stopwords } from '@orama/stopwords/nepali';
import type { Language } from '../language.js';

export const nepali: Language = {
  stem: stemmer,
  stopWords: stopwords,
};
