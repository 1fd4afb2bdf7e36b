import { type Bitmap, has } from '../bitmap.js';
import type { Ranked } from '../ranked.js';
import { TopRanked } from '../top-ranked.js';
import { HIGHEST_IMPACT, idf } from './impact.js';
import type { Match } from './match.js';

/** A number for each passage, 0 between two uses: a large site's would be a lot to allocate for every word. */
class Scores {
  values = new Float64Array(0);
  /** Passages that have one, in the order in which they got it. */
  having = new Uint32Array(0);
  count = 0;

  /** Makes room for so many passages. */
  ready(passages: number): this {
    if (this.values.length < passages) {
      this.values = new Float64Array(passages);
      this.having = new Uint32Array(passages);
    }
    return this;
  }

  clear(): void {
    for (let at = 0; at < this.count; at++) this.values[this.having[at]!] = 0;
    this.count = 0;
  }
}

const sums = new Scores();
const ofWord = new Scores();

/**
 * The best passages by what the words give them, added up; where several terms may stand for a word, the best one
 * counts.
 */
export function scorePassages(
  words: readonly Match[][],
  documents: number,
  limit: number,
  allowed: Bitmap | undefined,
): Ranked[] {
  const { values, having } = sums.ready(documents);
  const top = new TopRanked(limit);
  try {
    for (const matches of words) {
      if (matches.length === 1) addTo(sums, matches[0]!, documents);
      else if (matches.length > 1) addBest(matches, documents);
    }
    for (let at = 0; at < sums.count; at++) {
      const passage = having[at]!;
      if (!allowed || has(allowed, passage)) top.add(passage, values[passage]!);
    }
  } finally {
    // A damaged file may end it anywhere.
    sums.clear();
    ofWord.clear();
  }
  return top.finish();
}

/** What a full impact of this match is worth, over HIGHEST_IMPACT. */
const unit = ({ entry, share }: Match, documents: number): number =>
  (share * idf(documents, entry.frequency)) / HIGHEST_IMPACT;

function addTo(scores: Scores, match: Match, all: number): void {
  const worth = unit(match, all);
  const { documents, impacts } = match.shard.postings(match.entry);
  const { values, having } = scores;
  for (let at = 0; at < documents.length; at++) {
    const passage = documents[at]!;
    if (values[passage] === 0) having[scores.count++] = passage;
    values[passage]! += worth * Math.max(1, impacts[at]!);
  }
}

function addBest(matches: readonly Match[], all: number): void {
  const { values, having } = ofWord.ready(all);
  for (const match of matches) {
    const worth = unit(match, all);
    const { documents, impacts } = match.shard.postings(match.entry);
    for (let at = 0; at < documents.length; at++) {
      const passage = documents[at]!;
      const score = worth * Math.max(1, impacts[at]!);
      const before = values[passage]!;
      if (before === 0) having[ofWord.count++] = passage;
      if (score > before) values[passage] = score;
    }
  }
  for (let at = 0; at < ofWord.count; at++) {
    const passage = having[at]!;
    if (sums.values[passage] === 0) sums.having[sums.count++] = passage;
    sums.values[passage]! += values[passage]!;
  }
  ofWord.clear();
}
