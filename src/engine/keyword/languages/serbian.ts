import { stemmer } from '@orama/stemmers/serbian';
import { stopwords } from '@orama/stopwords/serbian';
import type { Language } from '../language.js';

export const serbian: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'ne bez pre posle',
};
