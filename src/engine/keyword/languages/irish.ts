import { stemmer } from '@orama/stemmers/irish';
import { stopwords } from '@orama/stopwords/irish';
import type { Language } from '../language.js';

export const irish: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'gan ní níor ná roimh',
  elided: /^[bdm]['’]/u,
};
