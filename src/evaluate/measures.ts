/** What a ranking is worth for one query, each from 0 to 1; the names are those of the BEIR papers. */
export interface Measures {
  /** Normalised discounted cumulative gain of the first 10, gains linear in the grade as in trec_eval. */
  'ndcg@10': number;
  /** 1 / rank of the first relevant document among the first 10, else 0. */
  'mrr@10': number;
  /** Share of the relevant documents among the first 10. */
  'recall@10': number;
  /** Share of the relevant documents among the first 100. */
  'recall@100': number;
}

export const MEASURES = ['ndcg@10', 'mrr@10', 'recall@10', 'recall@100'] as const;

/**
 * Measures one ranking.
 * @param ranking ids of documents, best first, each once
 * @param relevant grade (from 1) of each relevant document; at least one
 */
export function measure(ranking: readonly string[], relevant: ReadonlyMap<string, number>): Measures {
  const grades = ranking.slice(0, 100).map((id) => relevant.get(id) ?? 0);
  const ideal = [...relevant.values()].sort((left, right) => right - left);
  const first = grades.slice(0, 10).findIndex((grade) => grade > 0);
  return {
    'ndcg@10': gain(grades.slice(0, 10)) / gain(ideal.slice(0, 10)),
    'mrr@10': first < 0 ? 0 : 1 / (first + 1),
    'recall@10': found(grades.slice(0, 10)) / relevant.size,
    'recall@100': found(grades) / relevant.size,
  };
}

/** The mean of each measure over the queries. */
export function meanMeasures(all: readonly Measures[]): Measures {
  const entries = MEASURES.map((name) => [name, mean(all.map((one) => one[name]))] as const);
  return Object.fromEntries(entries) as unknown as Measures;
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value below which a share of the values lies, 0 to 1; .5 is the median. Nearest rank, so always one of them. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Discounted cumulative gain (Järvelin & Kekäläinen 2002). */
function gain(grades: readonly number[]): number {
  return grades.reduce((sum, grade, at) => sum + grade / Math.log2(at + 2), 0);
}

function found(grades: readonly number[]): number {
  return grades.filter((grade) => grade > 0).length;
}
