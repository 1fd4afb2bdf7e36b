import { stemmer } from '@orama/stemmers/english';
import { createAnalyser } from './analyse.js';
import { STOP_WORDS } from './stop-words.js';

/** English: Porter's stemmer (1980), and the words that questions are asked with left out. */
export const english = createAnalyser({ stem: stemmer, stopWords: STOP_WORDS });
