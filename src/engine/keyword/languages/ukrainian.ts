import { stemmer } from '@orama/stemmers/ukrainian';
import { stopwords } from '@orama/stopwords/ukrainian';
import type { Language } from '../language.js';

export const ukrainian: Language = {
  stem: stemmer,
  stopWords: stopwords,
};
