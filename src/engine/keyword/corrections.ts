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

/** Slips between two words; `most + 1` as soon as there are more than `most`. */
export function distance(left: string, right: string, most: number): number {
  let before: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1];
      let slips = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1])
        slips = Math.min(slips, before[j - 2]! + 1);
      row.push(slips);
    }
    if (Math.min(...row) > most) return most + 1;
    before = previous;
    previous = row;
  }
  return Math.min(previous[right.length]!, most + 1);
}
