import type { Ranked } from '../ranked.js';
import { type AnalysedQuery, termOf } from './analyse.js';
import {
  type Entry,
  FIELDS,
  type KeywordFile,
  type PerField,
  lengthByte,
  lengthOfByte,
} from './keyword-file.js';

/**
 * BM25F (Robertson, Zaragoza & Taylor 2004; simple variant of Robertson & Zaragoza 2009): term counts are weighted
 * and length-normalised per field, summed, and saturated once.
 */
export interface Bm25fOptions {
  /** Saturation: the larger, the longer repeated words keep adding. Default 1.2. */
  k1: number;
  /** How much a word in each field counts. Default title 3, heading 2, trail 2, body 1. */
  weights: PerField;
  /** How much a field's length discounts its words, 0 (not at all) to 1. Default .3, and .6 for the body. */
  b: PerField;
}

export const BM25F_DEFAULTS: Bm25fOptions = { k1: 1.2, weights: [3, 2, 2, 1], b: [0.3, 0.3, 0.3, 0.6] };

/** A passage found by its words. */
export interface KeywordHit extends Ranked {
  /** The query is this passage's whole title or heading. */
  exact: boolean;
}

/** At most this many words are tried for an unfinished one, most frequent first. */
const MOST_COMPLETIONS = 50;
const SHORTEST_STEM = 4;

/** Passages that have words of the query, best first, at most `limit`. */
export function searchKeywords(
  file: KeywordFile,
  query: AnalysedQuery,
  limit: number,
  options = BM25F_DEFAULTS,
): KeywordHit[] {
  const scorer = new Bm25f(file, options);
  for (const term of query.terms) {
    const entry = file.find(term);
    if (entry) scorer.add([{ entry, share: 1 }]);
  }
  if (query.unfinished !== undefined) scorer.add(completions(file, query.unfinished));
  const best = scorer.best(limit);
  const exact = onePerRun(exactMatches(file, query), best);
  return best.map((hit) => ({ ...hit, exact: exact.has(hit.passage) }));
}

/** A dictionary entry and how much of a full match it is worth, 0 to 1. */
interface Match {
  entry: Entry;
  share: number;
}

/**
 * What an unfinished word may become: the words that it begins, and its own stem. A word typed past its stem
 * ("publishin") falls back to the longest term that begins it ("publish").
 */
function completions(file: KeywordFile, typed: string): Match[] {
  const matches = new Map<string, Match>();
  const stem = termOf(typed);
  const own = stem ? file.find(stem) : undefined;
  if (own) matches.set(own.term, { entry: own, share: 1 });
  if (typed.length > 1) {
    const begun: Entry[] = [];
    for (const entry of file.from(typed)) {
      if (!entry.term.startsWith(typed)) break;
      if (!/[^\p{L}\p{N}]/u.test(entry.term)) begun.push(entry);
    }
    begun.sort((left, right) => right.frequency - left.frequency);
    for (const entry of begun.slice(0, MOST_COMPLETIONS))
      if (!matches.has(entry.term))
        matches.set(entry.term, { entry, share: own ? 0.3 : typed.length / entry.term.length });
  }
  for (let length = typed.length - 1; matches.size === 0 && length >= SHORTEST_STEM; length--) {
    const entry = file.find(typed.slice(0, length));
    if (entry) matches.set(entry.term, { entry, share: length / typed.length });
  }
  return [...matches.values()];
}

class Bm25f {
  readonly #scores = new Map<number, number>();

  constructor(
    readonly file: KeywordFile,
    readonly options: Bm25fOptions,
  ) {}

  /** Adds one query word. Where several terms may stand for it, a passage gets the best one's score. */
  add(matches: Match[]): void {
    const best = new Map<number, number>();
    for (const { entry, share } of matches) {
      const weight = share * this.#idf(entry.frequency);
      for (const { document, counts } of this.file.postings(entry)) {
        const score = weight * this.#saturated(document, counts);
        if (score > (best.get(document) ?? 0)) best.set(document, score);
      }
    }
    for (const [document, score] of best)
      this.#scores.set(document, (this.#scores.get(document) ?? 0) + score);
  }

  best(limit: number): Ranked[] {
    return [...this.#scores]
      .map(([passage, score]) => ({ passage, score }))
      .sort((left, right) => right.score - left.score || left.passage - right.passage)
      .slice(0, limit);
  }

  #idf(frequency: number): number {
    return Math.log(1 + (this.file.documents - frequency + 0.5) / (frequency + 0.5));
  }

  #saturated(document: number, counts: readonly number[]): number {
    const { k1, weights, b } = this.options;
    let frequency = 0;
    for (let field = 0; field < FIELDS.length; field++) {
      const count = counts[field] ?? 0;
      if (count === 0) continue;
      const length = lengthOfByte(this.file.lengthBytes[field]?.[document] ?? 0);
      const average = this.file.averageLengths[field] || 1;
      const normaliser = 1 - (b[field] ?? 0) + (b[field] ?? 0) * (length / average);
      frequency += ((weights[field] ?? 0) * count) / normaliser;
    }
    return (frequency * (k1 + 1)) / (frequency + k1);
  }
}

/** Passages whose title or heading consists of the query's words and no others. */
function exactMatches(file: KeywordFile, query: AnalysedQuery): Set<number> {
  const wanted = new Set(query.words);
  const exact = new Set<number>();
  if (wanted.size === 0) return exact;
  const length = lengthByte(query.words.length);
  [0, 1].forEach((field) => {
    let matching: Set<number> | undefined;
    for (const word of wanted) {
      const entry = file.find(word);
      const having = new Set<number>();
      if (entry)
        for (const { document, counts } of file.postings(entry))
          if (
            counts[field] === query.words.filter((other) => other === word).length &&
            file.lengthBytes[field]?.[document] === length
          )
            having.add(document);
      matching = matching ? new Set([...matching].filter((document) => having.has(document))) : having;
    }
    for (const document of matching ?? []) exact.add(document);
  });
  return exact;
}

/** Above this many, a heading is boilerplate that many pages have ("Configuration"), and says nothing. */
const MOST_EXACT = 3;

/**
 * The best passage of each run of neighbours, which are those of one page or section: one is enough to stand on top,
 * and leaves room for other pages. None where there are many runs.
 */
function onePerRun(exact: ReadonlySet<number>, best: readonly Ranked[]): Set<number> {
  const runs = new Map<number, number>();
  let start = 0;
  [...exact]
    .sort((left, right) => left - right)
    .forEach((passage, at, all) => {
      if (all[at - 1] !== passage - 1) start = passage;
      runs.set(passage, start);
    });
  const seen = new Map<number, number>();
  for (const { passage } of best) {
    const run = runs.get(passage);
    if (run !== undefined && !seen.has(run)) seen.set(run, passage);
  }
  return new Set(seen.size > MOST_EXACT ? [] : seen.values());
}
