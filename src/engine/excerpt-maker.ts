import { excerpt, type Excerpt, excerptFrom, matcher, type Matches } from './excerpt.js';
import type { Passage } from './index-file/passage-file.js';
import type { Analyser } from './keyword/analyse.js';
import type { Query } from './query.js';
import type { Respelt } from './retriever.js';

/** Makes the excerpts of a query's passages. */
export interface ExcerptMaker {
  of: (passage: Passage) => Excerpt;
  /** Whether there is more of a passage than its excerpt, which does not have all of the query's words. */
  lacks: (passage: Passage) => boolean;
  /** Lets the excerpt of a passage begin where something else than words says. */
  begin: (passage: Passage, start: number) => void;
}

/**
 * Makes each excerpt once, as long as the words stay the same: a list that gets better shows most of them again.
 * @param length in characters
 * @returns the maker for a query some of whose words were looked for in another spelling
 */
export function excerptMaker(
  { analysed }: Query,
  analyser: Analyser,
  length: number,
): (respelt: Respelt | undefined) => ExcerptMaker {
  let of: Respelt | undefined;
  let maker: ExcerptMaker | undefined;
  const wanted = new Set([...analysed.terms, ...(analysed.unfinished ? [analysed.unfinished.term] : [])]);
  return (respelt) => {
    if (maker && of === respelt) return maker;
    of = respelt;
    const matches = matcher(analysed, analyser, respelt ? [...respelt.values()].flat() : []);
    return (maker = makerWith(matches, wanted.size, length));
  };
}

function makerWith(matches: Matches, words: number, length: number): ExcerptMaker {
  const made = new Map<number, Excerpt>();
  const of: ExcerptMaker['of'] = ({ id, text }) => {
    const found = made.get(id) ?? excerpt(text, matches, length);
    made.set(id, found);
    return found;
  };
  return {
    of,
    lacks: (passage) => {
      if (passage.text.length <= length) return false;
      return new Set(matches(of(passage).text).map(({ term }) => term)).size < words;
    },
    begin: ({ id, text }, start) => void made.set(id, excerptFrom(text, start, matches, length)),
  };
}
