import type { Analyser } from './analyse.js';

/** The terms that make a word what it is: of a compound the whole of it (`JavaScript` is neither `Java` nor `script`). */
export function ownTerms(word: string, { tokens }: Pick<Analyser, 'tokens'>): string[] {
  const all = [...tokens(word)];
  return (all[0]?.whole ? all.slice(0, 1) : all).map(({ term }) => term);
}
