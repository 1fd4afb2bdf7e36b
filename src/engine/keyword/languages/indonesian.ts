import { stemmer } from '@orama/stemmers/indonesian';
import { stopwords } from '@orama/stopwords/indonesian';
import type { Language } from '../language.js';

export const indonesian: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'tidak bukan jangan tanpa belum sebelum sesudah dalam',
};
