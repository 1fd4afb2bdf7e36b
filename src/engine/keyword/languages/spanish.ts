import { stemmer } from '@orama/stemmers/spanish';
import { stopwords } from '@orama/stopwords/spanish';
import type { Language } from '../language.js';

/** The stemmer knows endings by their accents ("ción"), which many leave out as they type. */
export const spanish: Language = {
  stem: stemmer,
  stopWords: stopwords,
  kept:
    'no sin nunca ninguna ningunas ninguno ningún ningunos contra antes después despues durante excepto menos ' +
    'ejemplo empleo estado fin final general hora horas lugar momento modo nueva nuevas nuevo nuevos parte partir pais ' +
    'primer primera primero principalmente segundo siguiente tiempo total trabajar trabajo usar uso último valor',
  respell: (word) => word.replace(/([cs])ion$/, '$1ión').replace(/(er|or|og|af)ia(s?)$/, '$1ía$2'),
};
