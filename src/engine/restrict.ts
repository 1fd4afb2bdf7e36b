import type { Bitmap } from './bitmap.js';
import { allBut, bitmapOf, both, either } from './bitmap-sets.js';
import type { Passage } from './index-file/passage-file.js';
import { containsPhrase } from './keyword/query-syntax.js';
import { passagesWith } from './keyword/passages-with.js';
import { searchKeywords } from './keyword/search-keywords.js';
import { spellings } from './keyword/spellings.js';
import type { RefinementParts } from './refinements.js';
import type { Query } from './query.js';
import type { PassageLookup } from './retriever.js';
import type { Missing } from './update.js';

/** So many passages that have a phrase's words, the most relevant, are read to see whether they have the phrase. */
const MOST_READ = 60;
/** So many for a sort, which may put any of them first. */
const MOST_READ_FOR_SORT = 1000;

/** What a query's phrases and excluded words leave. */
export interface Restriction {
  /** The passages that may be found; all where it is left out. */
  allowed: Bitmap | undefined;
  missing: Missing[];
}

/**
 * Finds the passages that a query's phrases and excluded words allow.
 * @param within the passages that may be found anyway
 * @throws SearchError `missing-file`, `damaged-file` where it cannot be told which passages have one of the words
 */
export async function restrict(
  {
    keywords,
    passages,
    analyser,
  }: Omit<RefinementParts, 'passages'> & { passages: Pick<PassageLookup, 'get'> },
  { phrases, excluded, analysed, sort }: Query,
  within?: Bitmap,
): Promise<Restriction> {
  let allowed = within;
  const narrow = (to: Bitmap): void => {
    allowed = allowed ? both(allowed, to) : to;
  };
  for (const word of excluded) {
    const [own] = spellings(word, analyser);
    if (own) narrow(allBut(await havingAll(own)));
  }
  if (phrases.length === 0) return { allowed, missing: [] };
  if (analysed.words.length === 0) {
    const reason = 'Words as common as those in quotes are in no index, so nothing can be looked up by them.';
    return { allowed, missing: [{ part: 'keyword', reason }] };
  }
  for (const word of phrases.flatMap((phrase) => phrase.split(/\s+/))) {
    // A text that has it may write it as one word ("Github" for "GitHub"), or its parts as several.
    const ways = await Promise.all(spellings(word, analyser).map(havingAll));
    if (ways.length > 0) narrow(ways.reduce(either));
  }
  const most = sort ? MOST_READ_FOR_SORT : MOST_READ;
  const likely = await searchKeywords(keywords, analysed, most + 1, allowed);
  const read = await passages.get(likely.slice(0, most).map(({ passage }) => passage));
  const having = likely.flatMap(({ passage: id }) => {
    // A lookup gives the passages beside it too.
    const texts = textsOf(read.passages.get(id));
    return phrases.every((phrase) => texts.some((text) => containsPhrase(text, phrase, analyser)))
      ? [id]
      : [];
  });
  const missing = read.failures.map(({ message }): Missing => ({ part: 'passages', reason: message }));
  if (sort && likely.length > most)
    missing.push({
      part: 'sort',
      reason: `Only the ${most} most relevant passages were read for what stands in quotes.`,
    });
  return { allowed: bitmapOf(having, keywords.documents), missing };

  async function havingAll(terms: readonly string[]): Promise<Bitmap> {
    const having = await Promise.all(terms.map((term) => passagesWith(keywords, term)));
    return having.map((ids) => bitmapOf(ids, keywords.documents)).reduce(both);
  }
}

function textsOf(passage: Passage | undefined): string[] {
  return passage ? [passage.page.title, ...passage.section.trail, passage.text] : [];
}
