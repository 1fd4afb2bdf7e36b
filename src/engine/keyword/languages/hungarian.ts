import { stemmer } from '@orama/stemmers/hungarian';
import { stopwords } from '@orama/stopwords/hungarian';
import type { Language } from '../language.js';

export const hungarian: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'nem ne nincs nélkül előtt után cikk cikkek legalább lehetőség lehetetlen első utolsó új',
};
