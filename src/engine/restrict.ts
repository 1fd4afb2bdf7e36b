import type { Bitmap } from './bitmap.js';
import { allBut, bitmapOf, both, either } from './bitmap-sets.js';
import type { Passage } from './index-file/passage-file.js';
import { containsPhrase } from './keyword/contains-phrase.js';
import { passagesWith } from './keyword/passages-with.js';
import { searchKeywords } from './keyword/search-keywords.js';
import { spellings } from './keyword/spellings.js';
import type { RefinementParts } from './refinements.js';
import type { Query } from './query.js';
import type { PassageLookup } from './retriever.js';
import type { Missing } from './update.js';

/** So many passages that have a phrase's words, the most relevant, are read at most to see whether they have the phrase. */
const MOST_READ = 1000;
/** So many that have it fill a list, in whose order they come; a sort may put any of them first. */
const ENOUGH = 300;
/** So many are read at first, then as many again, and so on. */
const FIRST_READ = 60;

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
  const hits = await searchKeywords(keywords, analysed, MOST_READ + 1, allowed);
  const likely = hits.slice(0, MOST_READ).map(({ passage }) => passage);
  const wanted = sort ? MOST_READ : ENOUGH;
  const having: number[] = [];
  const failures = new Set<string>();
  for (
    let from = 0, next = sort ? MOST_READ : FIRST_READ;
    from < likely.length && having.length < wanted;
    from = next, next *= 2
  ) {
    const ids = likely.slice(from, next);
    const read = await passages.get(ids);
    for (const { message } of read.failures) failures.add(message);
    having.push(...ids.filter((id) => hasPhrases(read.passages.get(id))));
  }
  const missing = [...failures].map((reason): Missing => ({ part: 'passages', reason }));
  if (hits.length > MOST_READ && (sort || having.length < ENOUGH))
    missing.push({
      part: sort ? 'sort' : 'passages',
      reason: `Only the ${MOST_READ} most relevant passages were read for what stands in quotes.`,
    });
  return { allowed: bitmapOf(having, keywords.documents), missing };

  function hasPhrases(passage: Passage | undefined): boolean {
    const texts = textsOf(passage);
    return phrases.every((phrase) => texts.some((text) => containsPhrase(text, phrase, analyser)));
  }

  async function havingAll(terms: readonly string[]): Promise<Bitmap> {
    const having = await Promise.all(terms.map((term) => passagesWith(keywords, term)));
    return having.map((ids) => bitmapOf(ids, keywords.documents)).reduce(both);
  }
}

function textsOf(passage: Passage | undefined): string[] {
  return passage ? [passage.page.title, ...passage.section.trail, passage.text] : [];
}
