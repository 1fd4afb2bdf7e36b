import { stemmer } from '@orama/stemmers/italian';
import { stopwords } from '@orama/stopwords/italian';
import type { Language } from '../language.js';

export const italian: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'non contro',
  elided: /^(?:[cdlmnstv]|un|gl|all|dall|dell|nell|sull|coll|quell|quest|bell|sant|anch|com|dov)['’]/u,
};
