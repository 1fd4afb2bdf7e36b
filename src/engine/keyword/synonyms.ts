import * as v from 'valibot';
import { damagedFile } from '../index-file/bytes.js';
import { parseJson } from '../index-file/manifest.js';
import type { Alternative, AnalysedQuery, Analyser } from './analyse.js';
import type { Postings } from './code-postings.js';
import type { Entry, KeywordShard } from './keyword-shard.js';
import type { Match } from './match.js';

/** What counts as `from` where a query has it: one way, each side a word or several. */
export type Synonym = [from: string, to: string[]];

/** Adds to a query what its words are synonyms of; not to those inside its phrases. */
export type AddSynonyms = (query: AnalysedQuery, phrases: readonly string[]) => AnalysedQuery;

/** A synonym is worth a little less than the word itself, so that of two passages the one with the word comes first. */
const SHARE = 0.8;
/** More alternatives of one query are passed over. */
const MOST_ALTERNATIVES = 50;

const file = v.array(v.tuple([v.string(), v.array(v.string())]));

/** Reads a synonym file. `where` is named in errors. */
export function readSynonyms(bytes: Uint8Array, where: string, analyser: Analyser): AddSynonyms {
  const read = v.safeParse(file, parseJson(bytes, where));
  if (read.success) return addSynonyms(read.output, analyser);
  throw damagedFile(where, 'it is not a list of synonyms');
}

/** A rule as terms: what a query must have in a row, and what stands for it. */
interface Rule {
  from: string[];
  to: string[][];
}

/** Prepares synonyms for a language. Sides that have no words but stop words are passed over. */
export function addSynonyms(synonyms: readonly Synonym[], analyser: Analyser): AddSynonyms {
  const rules = new Map<string, Rule[]>();
  for (const [from, to] of synonyms)
    for (const words of waysToSay(from, analyser)) {
      const alternatives = to.map((text) => termsOf(text, analyser)).filter(({ length }) => length > 0);
      rules.set(words[0]!, [...(rules.get(words[0]!) ?? []), { from: words, to: alternatives }]);
    }

  return (query, phrases) => {
    const quoted = quotedWords(query, phrases, analyser);
    const found: Alternative[] = [];
    const add = (of: string, { to }: Rule): void => {
      for (const terms of to) found.push({ of, terms, match: (shards) => together(shards, terms) });
    };
    for (const [at, word] of query.words.entries())
      for (const rule of rules.get(word) ?? [])
        if (rule.from.every((term, i) => query.words[at + i] === term && !quoted.has(at + i)))
          add(word, rule);
    // Compounds are terms of their own beside their parts.
    const wholes = query.terms.filter((term) => !query.words.includes(term));
    const inQuotes = new Set(phrases.flatMap((phrase) => termsOf(phrase, analyser)));
    for (const term of wholes)
      if (!inQuotes.has(term))
        for (const rule of rules.get(term) ?? []) if (rule.from.length === 1) add(term, rule);
    return found.length > 0 ? { ...query, alternatives: found.slice(0, MOST_ALTERNATIVES) } : query;
  };
}

/** A text's words in a row; where it is a compound, that as one word too: "e-mail" is said "email". */
function waysToSay(text: string, analyser: Analyser): string[][] {
  const tokens = [...analyser.tokens(text)];
  const words = tokens.filter(({ whole }) => !whole).map(({ term }) => term);
  const [first] = tokens;
  const whole = first?.whole && tokens.every(({ end }) => end <= first.end) ? [[first.term]] : [];
  return [words, ...whole].filter(({ length }) => length > 0);
}

function termsOf(text: string, { tokens }: Analyser): string[] {
  return [...new Set([...tokens(text)].map(({ term }) => term))];
}

/** Which of a query's words stand in quotes. */
function quotedWords(query: AnalysedQuery, phrases: readonly string[], { tokens }: Analyser): Set<number> {
  const quoted = new Set<number>();
  for (const phrase of phrases) {
    const words = [...tokens(phrase)].filter(({ whole }) => !whole).map(({ term }) => term);
    for (let at = 0; at + words.length <= query.words.length; at++)
      if (words.every((word, i) => query.words[at + i] === word)) words.forEach((_, i) => quoted.add(at + i));
  }
  return quoted;
}

/** The passages that have all the terms, as if those were one: as rare as they are together, and as its weakest term. */
function together(shards: readonly KeywordShard[], terms: readonly string[]): Match | undefined {
  let all: Postings | undefined;
  for (const term of terms) {
    const postings = postingsOf(shards, term);
    if (!postings) return undefined;
    all = all ? inBoth(all, postings) : postings;
  }
  if (!all || all.documents.length === 0) return undefined;
  const postings = all;
  const entry: Entry = { at: -1, term: terms.join(' '), frequency: postings.documents.length };
  return { shard: { postings: () => postings }, entry, share: SHARE };
}

function postingsOf(shards: readonly KeywordShard[], term: string): Postings | undefined {
  for (const shard of shards) {
    const entry = shard.find(term);
    if (entry) return shard.postings(entry);
  }
  return undefined;
}

function inBoth(left: Postings, right: Postings): Postings {
  const documents: number[] = [];
  const impacts: number[] = [];
  for (let l = 0, r = 0; l < left.documents.length && r < right.documents.length;) {
    const difference = left.documents[l]! - right.documents[r]!;
    if (difference === 0) {
      documents.push(left.documents[l]!);
      impacts.push(Math.min(left.impacts[l]!, right.impacts[r]!));
    }
    if (difference <= 0) l++;
    if (difference >= 0) r++;
  }
  return { documents: Uint32Array.from(documents), impacts: Uint8Array.from(impacts) };
}
