import type { Interval } from './bootstrap.js';
import type { Measures } from './measures.js';
import type { StageName } from './rank-stages.js';

/** Time to a stage's ranking, in milliseconds. */
export interface Latency {
  p50: number;
  p95: number;
}

/** Means over the queries. */
export interface StageFigures extends Measures {
  ms: Latency;
  /** 95 % bootstrap interval of nDCG@10. */
  interval: Interval;
}

/** One stage against another on the same queries. */
export interface Comparison {
  from: StageName;
  to: StageName;
  /** Difference in nDCG@10 and its 95 % paired bootstrap interval. */
  difference: Interval;
  /** How many queries got better, worse, and stayed. */
  gained: number;
  lost: number;
  same: number;
}

/** One query in every stage. */
export interface QueryFigures {
  id: string;
  text: string;
  relevant: string[];
  stages: Partial<
    Record<StageName, { 'ndcg@10': number; /** Rank of the first relevant. */ first?: number }>
  >;
}

/** What the second look is worth when it reads more or fewer candidates. */
export interface DepthFigures {
  /** Candidates read; 0 is the first stage. */
  read: number;
  'ndcg@10': number;
  ms: Latency;
}

export interface Evaluation {
  collection: string;
  /** Queries that have labels. */
  queries: number;
  documents: number;
  passages: number;
  group?: 'page';
  candidates: number;
  embedder?: string;
  reranker?: string;
  stages: Partial<Record<StageName, StageFigures>>;
  /** Stages that could not run, and why. */
  missing: { stage: StageName; reason: string }[];
  comparisons: Comparison[];
  depths: DepthFigures[];
  perQuery: QueryFigures[];
  /** Labels that name a document which the collection does not have; they count as not found. */
  unknownLabels: number;
  machine: string;
}
