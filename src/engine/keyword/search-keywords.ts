import type { Bitmap } from '../bitmap.js';
import type { Ranked } from '../ranked.js';
import type { AnalysedQuery } from './analyse.js';
import { exactKey } from './exact-key.js';
import { idf } from './impact.js';
import type { KeywordShard } from './keyword-shard.js';
import type { Keywords } from './keyword-store.js';
import type { Match } from './match.js';
import { scorePassages } from './score-passages.js';

/** A passage found by its words. */
export interface KeywordHit extends Ranked {
  /** The query is this passage's whole title or heading. */
  exact: boolean;
  /** Its score of the most that the query's words could give, 0 to 1. */
  share: number;
}

/** At most this many words are tried for an unfinished one, most frequent first. */
const MOST_COMPLETIONS = 50;
const SHORTEST_STEM = 4;

/** Called with a word of the query that nobody wrote, as its stem, and the terms that are looked for in its place. */
export type OnRespelt = (stem: string, terms: readonly string[]) => void;

/**
 * Passages that have words of the query, best first, at most `limit`.
 * @param allowed a bit for each passage that may be found; all may where it is left out
 */
export async function searchKeywords(
  keywords: Keywords,
  query: AnalysedQuery,
  limit: number,
  allowed?: Bitmap,
  onRespelt?: OnRespelt,
): Promise<KeywordHit[]> {
  const { typed, term: typedTerm = '' } = query.unfinished ?? {};
  const key = exactKey(query.words);
  const alternatives = query.alternatives ?? [];
  const terms = [
    ...query.terms,
    ...alternatives.flatMap((alternative) => alternative.terms),
    ...(key === undefined ? [] : [key]),
    ...(typed ? [typedTerm] : []),
  ];
  const shards = await keywords.shardsFor(terms, typed !== undefined && typed.length > 1 ? [typed] : []);
  const words = query.terms.map((term) => {
    const found = entryOf(shards, term);
    return found ? [found] : [];
  });
  if (typed !== undefined) words.push(completions(shards, typed, typedTerm));
  const stems = [...query.terms, ...(typed === undefined ? [] : [typedTerm])];
  for (const { of, match } of alternatives) {
    const found = match(shards);
    const own = words[stems.indexOf(of)];
    if (found) own?.push(notRarer(found, own[0]));
  }
  // Only words that nobody wrote cost another look, and on a large site other files.
  for (const [at, stem] of stems.entries())
    if (words[at]!.length === 0) {
      const matches = (words[at] = await likeliest(keywords, stem));
      // A compound may be unfinished, and its parts are looked for too.
      if (matches.length > 0 && query.words.includes(stem))
        onRespelt?.(
          stem,
          matches.map(({ entry }) => entry.term),
        );
    }
  const best = scorePassages(words, keywords.documents, limit, allowed);
  const exact = onePerRun(key === undefined ? new Uint32Array() : documentsOf(shards, key), best);
  // A stop word that is still being typed is asked for, but beside others nobody can have it.
  const most = words.reduce(
    (sum, matches, at) => sum + (stems[at] || stems.length === 1 ? mostOf(matches, keywords.documents) : 0),
    0,
  );
  return best.map((hit) => ({ ...hit, exact: exact.has(hit.passage), share: Math.min(1, hit.score / most) }));
}

function documentsOf(shards: readonly KeywordShard[], term: string): Uint32Array {
  const found = entryOf(shards, term);
  return found ? found.shard.postings(found.entry).documents : new Uint32Array();
}

function entryOf(shards: readonly KeywordShard[], term: string): Match | undefined {
  for (const shard of shards) {
    const entry = shard.find(term);
    if (entry) return { shard, entry, share: 1 };
  }
  return undefined;
}

/** What is left of a word when letters at its end are taken away: "publishin" may mean "publish". */
function shorter(word: string): string[] {
  const least = Math.max(SHORTEST_STEM, word.length / 2);
  return Array.from({ length: Math.max(0, word.length - least) }, (_, at) => word.slice(0, -1 - at));
}

/** What a stem that is not in the dictionary may stand for: what it is misspelt for, and the longest term that begins it. */
async function likeliest(keywords: Keywords, stem: string): Promise<Match[]> {
  const starts = shorter(stem);
  const shards = await keywords.shardsFor([stem, ...starts]);
  // Most searches have no such word, and do without the code.
  const look = await import('./corrections.js').catch(() => undefined);
  const matches = look?.corrections(shards, stem) ?? [];
  for (const start of starts) {
    const found = entryOf(shards, start);
    if (!found) continue;
    if (matches.every(({ entry }) => entry.term !== start))
      matches.push({ ...found, share: start.length / stem.length });
    break;
  }
  return matches;
}

/** What an unfinished word may become: the words that it begins, and its own stem. */
function completions(shards: readonly KeywordShard[], typed: string, stem: string): Match[] {
  const own = stem ? entryOf(shards, stem) : undefined;
  const matches = own ? [own] : [];
  for (const { shard, entry } of begunBy(shards, typed))
    if (entry.term !== own?.entry.term)
      matches.push({ shard, entry, share: own ? 0.3 : typed.length / entry.term.length });
  return matches;
}

function begunBy(shards: readonly KeywordShard[], typed: string): Omit<Match, 'share'>[] {
  // One letter begins too many.
  if (typed.length < 2) return [];
  const begun: Omit<Match, 'share'>[] = [];
  for (const shard of shards)
    for (let at = shard.wordFrom(typed); shard.words[at]?.startsWith(typed); at++)
      begun.push({ shard, entry: shard.entry(at) });
  return begun.sort((left, right) => right.entry.frequency - left.entry.frequency).slice(0, MOST_COMPLETIONS);
}

/** The most that a word can give. One that nobody wrote would say a lot. */
function mostOf(matches: readonly Match[], documents: number): number {
  if (matches.length === 0) return idf(documents, 0);
  const itself = matches.find(({ share }) => share === 1);
  if (itself) return idf(documents, itself.entry.frequency);
  return Math.max(...matches.map(({ entry, share }) => share * idf(documents, entry.frequency)));
}

/** A synonym that counts for no more than the word itself, however rare it is. */
function notRarer(synonym: Match, word: Match | undefined): Match {
  if (!word || word.share < 1) return synonym;
  const frequency = Math.max(synonym.entry.frequency, word.entry.frequency);
  return { ...synonym, entry: { ...synonym.entry, frequency } };
}

/** Above this many, a heading is boilerplate that many pages have ("Configuration"), and says nothing. */
const MOST_EXACT = 3;

/**
 * The best passage of each run of neighbours, which are those of one page or section: one is enough to stand on top,
 * and leaves room for other pages. None where there are many runs.
 */
function onePerRun(exact: Uint32Array, best: readonly Ranked[]): Set<number> {
  const runs = new Map<number, number>();
  for (let at = 0, start = 0; at < exact.length; at++) {
    const passage = exact[at]!;
    if (at === 0 || exact[at - 1] !== passage - 1) start = passage;
    runs.set(passage, start);
  }
  const seen = new Map<number, number>();
  for (const { passage } of best) {
    const run = runs.get(passage);
    if (run !== undefined && !seen.has(run)) seen.set(run, passage);
  }
  return new Set(seen.size > MOST_EXACT ? [] : seen.values());
}
