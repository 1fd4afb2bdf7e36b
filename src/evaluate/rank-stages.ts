import type { Candidate } from '../engine/candidate.js';
import type { SearchIndex } from '../engine/open-index.js';
import { readQuery } from '../engine/query.js';
import { rank } from '../engine/rank.js';
import { readingOf } from '../engine/rerank/reading.js';

/** What can be evaluated: each retriever alone, the two fused, and the second look on top. */
export const STAGES = ['keyword', 'vector', 'hybrid', 'reranked'] as const;
export type StageName = (typeof STAGES)[number];

/** What a stage found for one query. */
export interface StageRanking {
  /** Ids of documents, best first, each once. */
  documents: string[];
  /** Milliseconds from the query to this ranking, with all that it rests on. */
  ms: number;
}

export interface QueryRankings {
  stages: Partial<Record<StageName, StageRanking>>;
  /** The order after each batch that the cross-encoder has read. */
  depths: (StageRanking & { read: number })[];
}

/**
 * Runs the two looks for one query and keeps what each stage found.
 * @param documentOf the document of each passage, by the passage's number
 * @param candidates how many passages the cross-encoder reads
 * @param last the stage after which nothing more is needed
 */
export async function rankStages(
  index: SearchIndex,
  query: string,
  documentOf: readonly string[],
  { candidates, last }: { candidates: number; last: StageName },
): Promise<QueryRankings> {
  const rankings: QueryRankings = { stages: {}, depths: [] };
  const documents = (list: readonly Candidate[]): string[] => [
    ...new Set(list.map(({ passage }) => documentOf[passage]!)),
  ];
  let ms = 0;
  let resumed = performance.now();
  for await (const { stage, candidates: list, progress } of rank(
    index,
    await readQuery(query, index),
    readingOf({ candidates: last === 'reranked' ? candidates : 0 }),
  )) {
    const took = performance.now() - resumed;
    ms += took;
    if (stage === 'keyword') {
      rankings.stages.keyword = { documents: documents(list), ms };
      if (last === 'keyword') break;
    } else if (stage === 'hybrid') {
      rankings.stages.vector = { documents: documents(byVector(list)), ms: took };
      rankings.stages.hybrid = { documents: documents(list), ms };
    } else {
      rankings.stages.reranked = { documents: documents(list), ms };
      rankings.depths.push({ documents: documents(list), ms, read: progress?.read ?? 0 });
    }
    // What evaluation itself does between two steps is not the engine's time.
    resumed = performance.now();
  }
  return rankings;
}

/** The candidates that the vectors found, in their order. */
function byVector(candidates: readonly Candidate[]): Candidate[] {
  return candidates
    .filter(({ vector }) => vector)
    .sort((left, right) => left.vector!.rank - right.vector!.rank);
}
