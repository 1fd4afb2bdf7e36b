import type { Passage } from '../../src/engine/index-file/passage-file.js';
import type { Analyser } from '../../src/engine/keyword/analyse.js';
import { hashOf } from '../../src/engine/keyword/hashed-terms.js';
import type { TextTokenizer } from '../../src/engine/model/tokenizer.js';
import { type Arrays, joinRows } from './write-arrays.js';

/** What the engine chooses a passage's window by, for each of its tokens. */
export interface TokenWords {
  /** Where in the text the token's word begins: a window is cut between words. 0 for title and headings. */
  places: number[];
  /** A term of the keyword index in that word; 0 where there is none, or no more of them. */
  terms: number[];
}

/**
 * The words that the tokens of a text are of. A word that lies between white space has the same tokens wherever it stands.
 * @param context how many tokens stand before the text
 * @param length how many tokens are kept
 */
export function wordsOf(
  text: string,
  context: number,
  length: number,
  { count }: Pick<TextTokenizer, 'count'>,
  { tokens }: Pick<Analyser, 'tokens'>,
): TokenWords {
  const places = Array.from({ length: Math.min(context, length) }, () => 0);
  const terms = [...places];
  const found = [...tokens(text)].filter(({ whole }) => !whole);
  let next = 0;
  for (const { 0: word, index } of text.matchAll(/\S+/gu)) {
    const within: number[] = [];
    for (; found[next] && found[next]!.start < index + word.length; next++)
      within.push(termNumber(found[next]!.term));
    for (let pieces = count(word), at = 0; at < pieces && places.length < length; at++) {
      places.push(index);
      terms.push(within[at] ?? 0);
    }
  }
  // Where a character is cut otherwise than white space, the last word has what is left.
  while (places.length < length) {
    places.push(places.at(-1) ?? 0);
    terms.push(0);
  }
  return { places, terms };
}

/** A term as 16 bits, never 0: two terms of one passage seldom have the same. */
export function termNumber(term: string): number {
  return Math.max(1, hashOf(term, 0, 1).hash);
}

/** The arrays that say where windows are cut. */
export function wordArrays(
  passages: readonly (TokenWords & Pick<Passage, 'text'>)[],
  queries: readonly string[],
  { analyseQuery }: Pick<Analyser, 'analyseQuery'>,
): Arrays {
  const asked = joinRows(
    queries.map((text) => {
      const { terms, unfinished } = analyseQuery(text);
      const all = new Set([...terms, ...(unfinished?.term ? [unfinished.term] : [])]);
      return [...all].map(termNumber);
    }),
  );
  return {
    'passages.places.u16': Uint16Array.from(passages.flatMap(({ places }) => places)),
    'passages.terms.u16': Uint16Array.from(passages.flatMap(({ terms }) => terms)),
    'passages.characters.u32': Uint32Array.from(passages, ({ text }) => text.length),
    'queries.terms.u16': Uint16Array.from(asked.values),
    'queries.termEnds.u32': asked.ends,
  };
}
