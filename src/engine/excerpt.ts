import type { AnalysedQuery, Analyser, Token } from './keyword/analyse.js';

/** A stretch of a passage, and which parts of it to highlight. */
export interface Excerpt {
  text: string;
  /** `[start, end)` in UTF-16 units, in order, never overlapping. */
  ranges: [start: number, end: number][];
}

/** Finds the words of a text that a query has. */
export type Matches = (text: string) => Token[];

/**
 * Matches the terms of a query and its unfinished word: as the start of a word, and as it would be if finished.
 * @param others terms that stand for words of the query
 */
export function matcher(query: AnalysedQuery, { tokens }: Analyser, others: readonly string[] = []): Matches {
  const terms = new Set([...query.terms, ...others]);
  // One letter begins too many words, as in the search itself; it may be a word, such as C.
  const { typed = '', term: typedTerm = '' } = query.unfinished ?? {};
  terms.add(typedTerm);
  const matches = (term: string): boolean =>
    terms.has(term) || (typed.length > 1 && startsAlike(term, typed));
  return (text) => {
    const all = [...tokens(text)];
    const has = (wanted: string): boolean => all.some(({ term }) => term === wanted);
    const synonyms = query.alternatives?.flatMap((other) => (other.terms.every(has) ? other.terms : []));
    return all.filter(({ term }) => matches(term) || synonyms?.includes(term));
  };
}

/** A term is a stem, which may be shorter than the word typed so far: "publishi" matches "publish". */
function startsAlike(term: string, typed: string): boolean {
  return term.startsWith(typed) || (term.length >= 4 && typed.startsWith(term));
}

/** The ranges of a text that match, adjacent and overlapping ones joined. */
export function highlights(text: string, matches: Matches): [number, number][] {
  const ranges: [number, number][] = [];
  for (const { start, end } of matches(text)) {
    const last = ranges.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else ranges.push([start, end]);
  }
  return ranges;
}

/**
 * The stretch of at most `length` characters that has the most different words of the query, cut at word boundaries,
 * with an ellipsis where text is left out.
 */
export function excerpt(text: string, matches: Matches, length: number): Excerpt {
  if (text.length <= length) return { text, ranges: highlights(text, matches) };
  return cutFrom(text, bestWordStart(text, matches, length), matches, length);
}

/** The same stretch as plain text. */
export function bestWindow(text: string, matches: Matches, length: number): string {
  if (text.length <= length) return text;
  const start = bestWordStart(text, matches, length);
  return text.slice(start, wordEnd(text, start + length));
}

function bestWordStart(text: string, matches: Matches, length: number): number {
  const { at, before } = bestStart(text, matches, length);
  return wordStart(text, at, before);
}

/** A stretch of at most `length` characters from `start` on, or, where that is near the end, the last of them. */
export function excerptFrom(text: string, start: number, matches: Matches, length: number): Excerpt {
  const last = Math.max(0, text.length - length);
  return cutFrom(text, start <= last ? start : wordStart(text, last, start), matches, length);
}

function cutFrom(text: string, start: number, matches: Matches, length: number): Excerpt {
  const end = wordEnd(text, start + length);
  const cut = (start > 0 ? '… ' : '') + text.slice(start, end).trimEnd() + (end < text.length ? ' …' : '');
  return { text: cut, ranges: highlights(cut, matches) };
}

/** Where the window with the most different matching terms begins, a little before its first match. */
function bestStart(text: string, matches: Matches, length: number): { at: number; before: number } {
  const found = matches(text);
  let best = 0;
  let before = text.length;
  let bestTerms = 0;
  const counts = new Map<string, number>();
  let next = 0;
  found.forEach((first) => {
    for (let token = found[next]; token && token.end <= first.start + length * 0.8; token = found[++next])
      counts.set(token.term, (counts.get(token.term) ?? 0) + 1);
    if (counts.size > bestTerms) {
      bestTerms = counts.size;
      best = first.start - length * 0.2;
      before = first.start;
    }
    const left = (counts.get(first.term) ?? 0) - 1;
    if (left > 0) counts.set(first.term, left);
    else counts.delete(first.term);
  });
  return { at: Math.max(0, Math.min(Math.round(best), text.length - length)), before };
}

function wordStart(text: string, at: number, before: number): number {
  if (at === 0) return 0;
  const next = text.slice(at, Math.min(at + 40, before)).search(/\s/);
  return next < 0 ? at : at + next + 1;
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const last = text.slice(at - 40, at).search(/\s\S*$/);
  return last < 0 ? at : at - 40 + last;
}
