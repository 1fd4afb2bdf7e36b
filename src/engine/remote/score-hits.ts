/**
 * Scores from 0 to 1 for hits in an engine's order: its own, min-max normalised: the best is 1, the worst 0. The order is the
 * engine's in any case. Scores that rise along the list are distances; ones that do both are not what the list is
 * ordered by, and without a score for each hit there is nothing to go by: then the ranks count, evenly spaced.
 */
export function scoresOf(given: readonly (number | undefined)[]): number[] {
  const scores = given.filter((score) => score !== undefined);
  const falls = scores.every((score, at) => at === 0 || score <= scores[at - 1]!);
  const rises = scores.every((score, at) => at === 0 || score >= scores[at - 1]!);
  if (scores.length < given.length || !(falls || rises)) return given.map((_, at) => 1 - at / given.length);
  const best = scores[0] ?? 0;
  const worst = scores.at(-1) ?? 0;
  // Halved first: the difference of two large numbers may not be one.
  const range = best / 2 - worst / 2;
  return scores.map((score) => (range === 0 ? 1 : Math.abs((score / 2 - worst / 2) / range)));
}
