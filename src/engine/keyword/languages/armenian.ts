import { stemmer } from '@orama/stemmers/armenian';
import { stopwords } from '@orama/stopwords/armenian';
import type { Language } from '../language.js';

export const armenian: Language = {
  stem: stemmer,
  stopWords: stopwords,
};
