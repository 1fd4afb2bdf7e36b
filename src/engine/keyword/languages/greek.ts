import { stemmer } from '@orama/stemmers/greek';
import { stopwords } from '@orama/stopwords/greek';
import type { Language } from '../language.js';

export const greek: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'δε δεν μη μην αντι μετα',
};
