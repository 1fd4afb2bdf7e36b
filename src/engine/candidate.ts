import type { Ranked } from './ranked.js';

/** A passage on its way through the stages, and what each of them made of it. */
export interface Candidate {
  passage: number;
  /** Score that orders the list, 0 to 1. */
  score: number;
  /** Score of the first stage, 0 to 1: what `score` is before the second look. */
  firstStage: number;
  /** The query is the passage's whole title or heading: it stays on top. */
  exact: boolean;
  keyword?: Evidence;
  vector?: Evidence;
  /** The cross-encoder's probability that the passage answers, 0 to 1. */
  rerank?: number;
  /** What that counts for in the score, 0 to 1. */
  counted?: number;
}

/** Rank (from 1) and score of a passage in one retriever's list. */
export interface Evidence {
  rank: number;
  score: number;
}

/** A retriever's list as evidence by passage. */
export function evidenceOf(ranking: readonly Ranked[]): Map<number, Evidence> {
  return new Map(ranking.map(({ passage, score }, at) => [passage, { rank: at + 1, score }]));
}

/** Best first: exact matches, then by score, then by first stage, then in the order of the site. */
export function inOrder(candidates: readonly Candidate[]): Candidate[] {
  return [...candidates].sort(
    (left, right) =>
      Number(right.exact) - Number(left.exact) ||
      right.score - left.score ||
      right.firstStage - left.firstStage ||
      left.passage - right.passage,
  );
}
