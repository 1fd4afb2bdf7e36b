import { stemmer } from '@orama/stemmers/russian';
import { stopwords } from '@orama/stopwords/russian';
import type { Language } from '../language.js';

export const russian: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'не без нет ни нельзя перед после до между над под жизнь человек',
};
