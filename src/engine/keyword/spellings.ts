import type { Analyser, Token } from './analyse.js';
import { IDEOGRAPHIC } from './segments.js';

/**
 * The ways to write a word, each as terms that stand for it together; none for a stop word. The first is the word's own,
 * of a compound the whole of it (`JavaScript` is neither `Java` nor `script`); a text may have its parts instead. Where
 * words have no spaces around them, pairs of characters stand for the word, which dictionaries may cut otherwise beside
 * others, and which Korean has particles attached to.
 */
export function spellings(word: string, { tokens }: Pick<Analyser, 'tokens'>): string[][] {
  const all = [...tokens(word)];
  const pairs = all.filter((token) => token.end - token.start === 2 && isRun(token));
  const isPaired = (token: Token): boolean =>
    !pairs.includes(token) &&
    isRun(token) &&
    pairs.some(({ start, end }) => start < token.end && end > token.start);
  const own = all[0]?.whole && !isRun(all[0]) ? all.slice(0, 1) : all.filter((token) => !isPaired(token));
  const parts = all.filter(({ whole }) => !whole);
  return [own, ...(parts.length < all.length ? [parts] : [])]
    .filter((way) => way.length > 0)
    .map((way) => way.map(({ term }) => term));

  function isRun({ start, end }: Token): boolean {
    return IDEOGRAPHIC.test(word.slice(start, end));
  }
}
