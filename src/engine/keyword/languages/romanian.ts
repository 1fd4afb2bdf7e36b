import { stemmer } from '@orama/stemmers/romanian';
import { stopwords } from '@orama/stopwords/romanian';
import type { Language } from '../language.js';

export const romanian: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'nu fără contra înainte după timp zero',
};
