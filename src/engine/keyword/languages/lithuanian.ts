import { stemmer } from '@orama/stemmers/lithuanian';
import { stopwords } from '@orama/stopwords/lithuanian';
import type { Language } from '../language.js';

export const lithuanian: Language = {
  stem: stemmer,
  stopWords: stopwords,
};
