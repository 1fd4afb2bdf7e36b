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
  passages: Iterable<Passage>,
  { tokens }: Analyser,
): Respelling[] {
  const found = [...passages].map(({ text, page, section }) =>
    [text, page.title, ...section.trail].join('\n'),
  );
  return [...respelt].flatMap(([stem, terms]) => {
    const asTyped = wordWith(typed, [stem]);
    const meant = found.map((text) => wordWith(text, terms)).find((word) => word !== undefined);
    return asTyped === undefined || meant === undefined
      ? []
      : [{ typed: asTyped, meant: meant.toLowerCase() }];
  });

  function wordWith(text: string, wanted: readonly string[]): string | undefined {
    for (const { term, start, end } of tokens(text)) if (wanted.includes(term)) return text.slice(start, end);
    return undefined;
  }
}
