import type { Analyser, Token } from './analyse.js';
import { IDEOGRAPHIC } from './segments.js';

/**
 * The ways to write a word, each as terms that stand for it together; none for a stop word. The first is the word's own,
 * of a compound the whole of it (`JavaScript` is neither `Java` nor `script`); a text may have its parts instead. Where
 * words have no spaces around them, pairs of characters stand for a longer word, which dictionaries may cut otherwise
 * beside others, and which Korean has particles attached to.
 */
export function spellings(word: string, { tokens }: Pick<Analyser, 'tokens'>): string[][] {
  const isRun = ({ start, end }: Token): boolean => IDEOGRAPHIC.test(word.slice(start, end));
  const all = [...tokens(word)].filter((token) => token.end - token.start <= 2 || !isRun(token));
  const isCompound = (token: Token): boolean => token.whole && !isRun(token);
  const parts = all.filter((token) => !isCompound(token));
  const own = all[0] && isCompound(all[0]) ? all.slice(0, 1) : all;
  return [own, ...(parts.length < all.length ? [parts] : [])]
    .filter((way) => way.length > 0)
    .map((way) => way.map(({ term }) => term));
}
