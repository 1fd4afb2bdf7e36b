import { stemmer } from '@orama/stemmers/swedish';
import { stopwords } from '@orama/stopwords/swedish';
import type { Language } from '../language.js';

export const swedish: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'inte icke ej utan mot efter över under',
};
