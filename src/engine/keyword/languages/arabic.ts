import { stemmer } from '@orama/stemmers/arabic';
import { stopwords } from '@orama/stopwords/arabic';
import type { Language } from '../language.js';

export const arabic: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'لا لم لن ليس غير دون بدون قبل بعد',
};
