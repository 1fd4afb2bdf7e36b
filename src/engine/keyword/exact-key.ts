/** Longer titles are not asked for word by word. */
const MOST_WORDS = 12;

/**
 * Under what a title or heading of these words stands in the dictionary: the words in order of the alphabet, so that
 * "publish npm" is the title "npm publish". It begins with the first of them, so that it lies beside that word.
 * Undefined where there are no words, or too many.
 */
export function exactKey(words: readonly string[]): string | undefined {
  if (words.length === 0 || words.length > MOST_WORDS) return undefined;
  const [first, ...rest] = [...words].sort();
  return `${first}=${rest.join(' ')}`;
}
