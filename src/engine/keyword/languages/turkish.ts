import { stemmer } from '@orama/stemmers/turkish';
import { stopwords } from '@orama/stopwords/turkish';
import type { Language } from '../language.js';

export const turkish: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'değil hariç karşın önce sonra rağmen',
};
