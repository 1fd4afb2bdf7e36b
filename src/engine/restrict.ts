import type { Bitmap } from './bitmap.js';
import { allBut, bitmapOf, both } from './bitmap-sets.js';
import type { Passage } from './index-file/passage-file.js';
import { containsPhrase } from './keyword/query-syntax.js';
import { passagesWith } from './keyword/passages-with.js';
import { searchKeywords } from './keyword/search-keywords.js';
import type { RefinementParts } from './refinements.js';
import type { Query } from './query.js';

/** So many passages that have a phrase's words are read to see whether they have the phrase. */
const MOST_READ = 60;

/**
 * The passages that a query's phrases and excluded words allow; undefined where all may be found.
 * @param within the passages that may be found anyway
 * @throws SearchError `missing-file`, `damaged-file` where it cannot be told which passages have one of the words
 */
export async function restrict(
  { keywords, passages, analyser }: RefinementParts,
  { phrases, excluded, analysed }: Query,
  within?: Bitmap,
): Promise<Bitmap | undefined> {
  let allowed = within;
  const narrow = (to: Bitmap): void => {
    allowed = allowed ? both(allowed, to) : to;
  };
  for (const term of termsOf(excluded))
    narrow(allBut(bitmapOf(await passagesWith(keywords, term), keywords.documents)));
  if (phrases.length === 0) return allowed;
  for (const term of termsOf(phrases))
    narrow(bitmapOf(await passagesWith(keywords, term), keywords.documents));
  const likely = await searchKeywords(keywords, analysed, MOST_READ, allowed);
  const read = await passages.get(likely.map(({ passage }) => passage));
  const having = likely.flatMap(({ passage: id }) => {
    // A lookup gives the passages beside it too.
    const texts = textsOf(read.passages.get(id));
    return phrases.every((phrase) => texts.some((text) => containsPhrase(text, phrase, analyser)))
      ? [id]
      : [];
  });
  return bitmapOf(having, keywords.documents);

  function termsOf(texts: readonly string[]): Set<string> {
    return new Set(texts.flatMap((text) => [...analyser.tokens(text)].map(({ term }) => term)));
  }
}

function textsOf(passage: Passage | undefined): string[] {
  return passage ? [passage.page.title, ...passage.section.trail, passage.text] : [];
}
