import { stemmer } from '@orama/stemmers/dutch';
import { stopwords } from '@orama/stopwords/dutch';
import type { Language } from '../language.js';

export const dutch: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'niet niets geen zonder tegen voor na onder over',
};
