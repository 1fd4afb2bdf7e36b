import { stemmer } from '@orama/stemmers/bulgarian';
import { stopwords } from '@orama/stopwords/bulgarian';
import type { Language } from '../language.js';

/** BulStem (Nakov 2003) in the library writes into the word, which a string does not allow: it gets a list of letters. */
export const bulgarian: Language = {
  stem: (word) => stemmer(new Letters(...word) as unknown as string),
  stopWords: stopwords,
  kept: 'не без няма преди след над под между нов нова нови ново главен време месец година години ден име',
};

class Letters extends Array<string> {
  substring(start: number, end: number): string {
    return this.slice(start, end).join('');
  }
}
