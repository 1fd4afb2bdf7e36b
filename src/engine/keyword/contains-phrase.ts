import type { Analyser } from './analyse.js';
import { wordsOf } from './query-syntax.js';
import { UNSPACED } from './segments.js';

/**
 * Whether a text has a phrase's words one after another, folded alike, whatever marks are between them. Of scripts without
 * spaces every letter is a word of its own, so that a phrase is found inside of others.
 */
export function containsPhrase(text: string, phrase: string, { fold }: Pick<Analyser, 'fold'>): boolean {
  const folded = (written: string): string => {
    const spaced = written.normalize('NFKC').replace(UNSPACED, ' $& ');
    return ` ${wordsOf(spaced).map(fold).join(' ')} `;
  };
  return folded(text).includes(folded(phrase));
}
