import { stemmer } from '@orama/stemmers/german';
import { stopwords } from '@orama/stopwords/german';
import type { Language } from '../language.js';

/** Where a keyboard has no umlauts, they are written with an e ("groesse"); not in "neue", "Steuer", "Quelle". */
export const german: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept: 'nicht nichts kein keine keinem keinen keiner keines ohne gegen vor nach nur unter über zwischen während',
  respell: (word) =>
    word
      .replaceAll('ae', 'ä')
      .replaceAll('oe', 'ö')
      .replace(/(^|[^aeq])ue/g, '$1ü'),
};
