import { type Candidate, evidenceOf, inOrder } from './candidate.js';
import type { KeywordHit } from './keyword/search-keywords.js';
import type { Ranked } from './ranked.js';

export interface FuseOptions {
  /** Share of the vectors in the fused score, 0 to 1; the keywords have the rest. Default .5. */
  vectorWeight: number;
}

export const FUSE_DEFAULTS: FuseOptions = { vectorWeight: 0.5 };

/**
 * Fuses the two rankings into one list of candidates with scores from 0 to 1: a convex combination of min-max
 * normalised scores (Bruch, Gai & Ingber 2023), which keeps the distances that reciprocal ranks throw away.
 * Without a vector ranking the keywords stand alone.
 */
export function fuse(
  keyword: readonly KeywordHit[],
  vector: readonly Ranked[] | undefined,
  { vectorWeight }: FuseOptions = FUSE_DEFAULTS,
): Candidate[] {
  const weight = vector === undefined ? 0 : keyword.length === 0 ? 1 : vectorWeight;
  const keywordShare = normalised(keyword, 0);
  const vectorShare = normalised(vector ?? [], lowest(vector ?? []));
  const keywordEvidence = evidenceOf(keyword);
  const vectorEvidence = evidenceOf(vector ?? []);
  const exact = new Set(keyword.filter((hit) => hit.exact).map((hit) => hit.passage));

  const passages = new Set([...keywordEvidence.keys(), ...vectorEvidence.keys()]);
  const candidates = [...passages].map((passage): Candidate => {
    const score = (1 - weight) * (keywordShare.get(passage) ?? 0) + weight * (vectorShare.get(passage) ?? 0);
    const byKeyword = keywordEvidence.get(passage);
    const byVector = vectorEvidence.get(passage);
    return {
      passage,
      score,
      firstStage: score,
      exact: exact.has(passage),
      ...(byKeyword && { keyword: byKeyword }),
      ...(byVector && { vector: byVector }),
    };
  });
  return inOrder(candidates);
}

/** Scores from 0 (at `floor`) to 1 (the best of the list). */
function normalised(ranking: readonly Ranked[], floor: number): Map<number, number> {
  const range = (ranking[0]?.score ?? 0) - floor;
  return new Map(ranking.map(({ passage, score }) => [passage, range > 0 ? (score - floor) / range : 1]));
}

function lowest(ranking: readonly Ranked[]): number {
  return ranking.at(-1)?.score ?? 0;
}
