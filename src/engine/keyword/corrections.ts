import type { Entry, KeywordShard } from './keyword-shard.js';
import type { Match } from './match.js';

/** Shorter words are neighbours of too many others. */
const SHORTEST = 4;
/** From this many letters on, two slips are forgiven. */
const TWO_SLIPS = 8;
const MOST_CORRECTIONS = 5;
const LETTERS = /^\p{L}+$/u;
/** What a word with one and with two slips is worth. */
const SHARES = [1, 0.6, 0.4];

/**
 * Terms that an unknown word may be misspelt for: one slip away, two where it is long, nearest first, then the most
 * frequent. A slip is a letter too many, too few, another, or two swapped (Damerau 1964; optimal string alignment).
 * Only the files at hand are looked into, so on a large site the first letters must be right.
 */
export function corrections(shards: readonly KeywordShard[], word: string): Match[] {
  if (word.length < SHORTEST || !LETTERS.test(word)) return [];
  const most = word.length < TWO_SLIPS ? 1 : 2;
  const found: { shard: KeywordShard; entry: Entry; slips: number }[] = [];
  for (const shard of shards)
    shard.words.forEach((term, at) => {
      if (Math.abs(term.length - word.length) > most) return;
      const slips = distance(word, term, most);
      if (slips <= most && LETTERS.test(term)) found.push({ shard, entry: shard.entry(at), slips });
    });
  found.sort((left, right) => left.slips - right.slips || right.entry.frequency - left.entry.frequency);
  const nearest = found[0]?.slips;
  return found
    .filter(({ slips }) => slips === nearest)
    .slice(0, MOST_CORRECTIONS)
    .map(({ shard, entry, slips }) => ({ shard, entry, share: SHARES[slips]! }));
}

/** Rows of the table of slips, for this letter, the one before it and the one before that. */
const rows = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)] as const;

/**
 * Slips between two words; `most + 1` as soon as there are more than `most`. Only the cells near the diagonal are looked
 * at: the others are of more slips (Ukkonen 1985).
 */
export function distance(left: string, right: string, most: number): number {
  const over = most + 1;
  if (Math.abs(left.length - right.length) > most || right.length >= 64) return over;
  let [before, previous, row] = rows;
  for (let j = 0; j <= right.length; j++) previous[j] = Math.min(j, over);
  for (let i = 1; i <= left.length; i++) {
    const from = Math.max(1, i - most);
    const to = Math.min(right.length, i + most);
    let least = (row[from - 1] = from === 1 ? Math.min(i, over) : over);
    const letter = left.charCodeAt(i - 1);
    for (let j = from; j <= to; j++) {
      const other = right.charCodeAt(j - 1);
      let slips = previous[j - 1]! + (letter === other ? 0 : 1);
      slips = Math.min(slips, previous[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && letter === right.charCodeAt(j - 2) && left.charCodeAt(i - 2) === other)
        slips = Math.min(slips, before[j - 2]! + 1);
      row[j] = slips;
      if (slips < least) least = slips;
    }
    if (to < right.length) row[to + 1] = over;
    if (least > most) return over;
    [before, previous, row] = [previous, row, before];
  }
  return Math.min(previous[right.length]!, over);
}
