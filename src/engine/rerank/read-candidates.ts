import type { Candidate } from '../candidate.js';
import { bestWindow, type Matches } from '../excerpt.js';
import type { Part } from '../part.js';
import { passageText } from '../passage-text.js';
import type { Ranking } from '../rank.js';
import type { PassageLookup } from '../retriever.js';
import { blend } from './blend.js';
import type { CrossEncoder } from './cross-encoder.js';
import { expectedOf } from './expected.js';
import type { Reading } from './reading.js';
import { worthReading } from './worth-reading.js';

/** How many candidates the cross-encoder reads between two rankings. */
const BATCH = 4;

/** The cross-encoder, and how its scores are used. */
export interface Reader {
  reranker: Part<CrossEncoder>;
  passages: PassageLookup;
  /** Its share of the score, 0 to 1. */
  weight: number;
  /** How many times the odds of its probabilities count there. Default: once. */
  odds?: number | undefined;
  /** What it is used to seeing between headings. */
  headingJoint: string;
  /** Of longer passages, so many characters are read. Default: all. */
  window?: number | undefined;
}

/**
 * Reads candidates in small batches, best first, and blends in the scores as they come. It ends when the budget is spent,
 * or when no other candidate can change what is to be settled.
 * @param matches finds the words of the query, which say what part of a long passage is read
 */
export async function* readCandidates(
  { reranker, passages: lookup, weight, odds = 1, headingJoint, window = Infinity }: Reader,
  query: string,
  matches: Matches,
  candidates: readonly Candidate[],
  { most, budget, settle }: Reading,
  signal: AbortSignal | undefined,
): AsyncGenerator<Ranking, void> {
  const pool = candidates.slice(0, most);
  const { passages } = await lookup.get(pool.map(({ passage }) => passage));
  const started = performance.now();
  let read = 0;
  for (let due = toRead(Infinity); due.length > 0;) {
    signal?.throwIfAborted();
    const batch = due.slice(0, BATCH);
    const texts = batch.map(({ passage }) => {
      const { text, ...found } = passages.get(passage)!;
      return passageText({ ...found, text: bestWindow(text, matches, window) }, headingJoint);
    });
    const answer = await reranker.use(
      async (model) => ({
        probabilities: await model.probabilities(query, texts, signal),
        pace: model.pace(),
        device: model.device(),
      }),
      signal,
    );
    if (!answer) return;
    batch.forEach((candidate, at) => {
      // An index may say of its model what makes no number.
      const probability = answer.probabilities[at] || 0;
      candidate.rerank = probability;
      candidate.counted = (odds * probability) / (1 + (odds - 1) * probability) || 0;
    });
    read += batch.length;
    due = toRead((started + budget - performance.now()) / answer.pace);
    yield {
      stage: 'reranking',
      candidates: blend(candidates, weight, most),
      progress: { read, of: read + due.length, ...(answer.device && { device: answer.device }) },
    };
  }

  /**
   * The unread candidates that are worth it, as many of them as there is time for: those at the top of the list, where
   * visitors see what the second look thinks of them, and any other that may yet come there.
   */
  function toRead(affordable: number): Candidate[] {
    const readable = pool.filter(({ passage }) => passages.has(passage));
    const wanted =
      settle === undefined
        ? readable
        : [...readable.slice(0, settle), ...worthReading(readable, weight, settle, expectedOf(readable))];
    return [...new Set(wanted)]
      .filter(({ rerank }) => rerank === undefined)
      .slice(0, Math.max(0, Math.ceil(affordable)));
  }
}
