import { type Bitmap, has } from '../bitmap.js';
import { both, either } from '../bitmap-sets.js';
import type { Candidate } from '../candidate.js';
import { fuse } from '../fuse.js';
import type { Keywords } from '../keyword/keyword-store.js';
import type { KeywordShard } from '../keyword/keyword-shard.js';
import { searchKeywords } from '../keyword/search-keywords.js';
import type { Match } from '../keyword/match.js';
import type { Query } from '../query.js';
import type { SortBy } from '../update.js';
import type { PagePassages } from './page-passages.js';

/** Every page that is allowed, by its first passage, in the order of the site. */
export function allPages(passages: PagePassages, allowed: Bitmap | undefined): Candidate[] {
  return Array.from({ length: passages.pages }, (_, page) => passages.first(page))
    .filter((passage) => !allowed || has(allowed, passage))
    .map((passage) => ({ passage, score: 0, firstStage: 0, exact: false }));
}

/**
 * Everything that the query's words find, best first. Where it is not relevance that orders a list, a page with one of
 * several words would stand among those that have all of them, so only pages with all words count where there are any;
 * the word that is still being typed may be any that it begins.
 */
export async function allMatches(
  keywords: Keywords,
  passages: PagePassages,
  { analysed }: Query,
  allowed: Bitmap | undefined,
): Promise<Candidate[]> {
  let pages: Bitmap | undefined;
  for (const word of analysed.words.filter((word) => word !== analysed.unfinished?.term)) {
    const having = await pagesWith(word);
    if (having.some(Boolean)) pages = pages ? both(pages, having) : having;
  }
  const find = async (within: Bitmap | undefined): Promise<Candidate[]> =>
    fuse(await searchKeywords(keywords, analysed, keywords.documents, within), undefined);
  if (!pages) return find(allowed);
  const complete = passages.of(pages);
  const found = await find(allowed ? both(allowed, complete) : complete);
  return found.length > 0 ? found : find(allowed);

  /** The pages that have a word or what stands for it. A file that cannot be read is passed over, as in any search. */
  async function pagesWith(word: string): Promise<Bitmap> {
    const others = analysed.alternatives?.filter(({ of }) => of === word) ?? [];
    const shards = await keywords.shardsFor([word, ...others.flatMap(({ terms }) => terms)]);
    return [wordIn(shards, word), ...others.map(({ match }) => match(shards))]
      .map((match) => match?.shard.postings(match.entry).documents ?? [])
      .map((documents) => passages.having(documents))
      .reduce(either);
  }
}

function wordIn(shards: readonly KeywordShard[], word: string): Omit<Match, 'share'> | undefined {
  for (const shard of shards) {
    const entry = shard.find(word);
    if (entry) return { shard, entry };
  }
  return undefined;
}

/** Candidates in the order of a key, those of equal rank as they were; pages without the key come last. */
export function inOrderOf(
  ranks: Uint32Array,
  order: SortBy['order'],
  candidates: readonly Candidate[],
  pageOf: (passage: number) => number,
): Candidate[] {
  const place = ({ passage }: Candidate): number => {
    const rank = ranks[pageOf(passage)]!;
    return rank === 0 ? Infinity : order === 'desc' ? -rank : rank;
  };
  return candidates
    .map((candidate) => ({ candidate, at: place(candidate) }))
    .sort((left, right) => (left.at === right.at ? 0 : left.at - right.at))
    .map(({ candidate }) => candidate);
}
