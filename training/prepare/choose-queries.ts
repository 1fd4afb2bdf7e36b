import type { Kind, TrainingQuery } from './queries.js';

/** Share of each kind in a collection's queries, as far as it has so many; what is missing others fill. */
const SHARES: Record<Kind, number> = {
  question: 0.4,
  link: 0.3,
  heading: 0.15,
  'how-to': 0.15,
  sentence: 0.1,
  keywords: 0.2,
  identifier: 0.1,
  // All of them are used, so none is chosen.
  written: 0,
};
/** A passage answers no more queries of a kind than this, so that a popular one does not look right for everything. */
const MOST_PER_PASSAGE = 8;

/**
 * Chooses queries at random: the kinds by their shares, each text once, and no passage too often.
 * @param random 0 to 1
 */
export function chooseQueries(
  all: readonly TrainingQuery[],
  most: number,
  random: () => number,
): TrainingQuery[] {
  const shuffled = unique(all)
    .map((query) => ({ query, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ query }) => query);
  const uses = new Map<string, number>();
  const allowed = shuffled.filter(({ kind, relevant }) =>
    [...relevant.keys()].slice(0, 1).every((passage) => {
      const key = `${kind} ${passage}`;
      uses.set(key, (uses.get(key) ?? 0) + 1);
      return uses.get(key)! <= MOST_PER_PASSAGE;
    }),
  );
  const counts = new Map<Kind, number>();
  const present = new Set(allowed.map(({ kind }) => kind));
  const total = [...present].reduce((sum, kind) => sum + SHARES[kind], 0);
  const chosen: TrainingQuery[] = [];
  const left: TrainingQuery[] = [];
  for (const query of allowed) {
    const count = counts.get(query.kind) ?? 0;
    const isWanted = count < (most * SHARES[query.kind]) / total;
    counts.set(query.kind, count + 1);
    (isWanted ? chosen : left).push(query);
  }
  return [...chosen, ...left].slice(0, most);
}

function unique(all: readonly TrainingQuery[]): TrainingQuery[] {
  const seen = new Map<string, TrainingQuery>();
  for (const query of all) {
    const key = query.text.toLowerCase();
    if (!seen.has(key)) seen.set(key, query);
  }
  return [...seen.values()];
}
