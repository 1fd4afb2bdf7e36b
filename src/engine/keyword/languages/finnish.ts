import { stemmer } from '@orama/stemmers/finnish';
import { stopwords } from '@orama/stopwords/finnish';
import type { Language } from '../language.js';

export const finnish: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'ei yli',
};
