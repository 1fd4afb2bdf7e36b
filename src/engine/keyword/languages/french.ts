import { stemmer } from '@orama/stemmers/french';
import { stopwords } from '@orama/stopwords/french';
import type { Language } from '../language.js';

export const french: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'pas sans',
  elided: /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu)['’]/u,
};
