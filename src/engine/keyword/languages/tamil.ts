import { stemmer } from '@orama/stemmers/tamil';
import { stopwords } from '@orama/stopwords/tamil';
import type { Language } from '../language.js';

export const tamil: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'இல்லை முதல்',
};
