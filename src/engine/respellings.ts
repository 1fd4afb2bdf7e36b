import type { Passage } from './index-file/passage-file.js';
import type { Analyser } from './keyword/analyse.js';
import type { Respelt } from './retriever.js';
import type { Respelling } from './update.js';

/**
 * Words that nobody wrote as they were typed, each with the one looked for in its place as the best passage has it: terms
 * are stems, which are no words.
 */
export function respellings(
  typed: string,
  respelt: Respelt,
  passages: ReadonlyMap<number, Passage>,
  { tokens }: Analyser,
): Respelling[] {
  return [...respelt].flatMap(([stem, terms]) => {
    const asTyped = wordOf([typed], stem);
    let meant = '';
    // The likeliest first.
    for (const term of terms) meant ||= wordOf(texts(), term).toLowerCase();
    // A word that is still being typed is not misspelt.
    const unfinished = typed.endsWith(asTyped) && meant.startsWith(asTyped.toLowerCase());
    return !meant || unfinished ? [] : [{ typed: asTyped, meant }];
  });

  function* texts(): Generator<string> {
    for (const { text, page, section } of passages.values())
      yield [text, page.title, ...section.trail].join('\n');
  }

  /** Texts are read only as far as the first that has one: analysing all takes longer than the search itself. */
  function wordOf(texts: Iterable<string>, wanted: string): string {
    for (const text of texts)
      for (const { term, start, end } of tokens(text)) if (term === wanted) return text.slice(start, end);
    return '';
  }
}
