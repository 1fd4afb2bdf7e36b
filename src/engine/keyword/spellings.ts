import type { Analyser } from './analyse.js';

/**
 * The ways to write a word, each as terms that stand for it together; none for a stop word. The first is the word's own,
 * of a compound the whole of it (`JavaScript` is neither `Java` nor `script`); a text may have its parts instead.
 */
export function spellings(word: string, { tokens }: Pick<Analyser, 'tokens'>): string[][] {
  const all = [...tokens(word)];
  const parts = all.filter(({ whole }) => !whole);
  const own = all[0]?.whole ? all.slice(0, 1) : all;
  return [own, ...(parts.length < all.length ? [parts] : [])]
    .filter((way) => way.length > 0)
    .map((way) => way.map(({ term }) => term));
}
