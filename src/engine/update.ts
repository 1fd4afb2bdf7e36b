import type { PageResult } from './results.js';

/** What a search asks for. */
export interface SearchRequest {
  /**
   * What the visitor typed; cut at 500 characters. Results have what stands `"in quotes"` word for word, and no `-word`
   * (of three letters or more, where something else is looked for too; shorter ones are flags, such as `-g`).
   */
  text: string;
  /** Most pages in a list, 1 to 100. Default 10. */
  limit?: number | undefined;
  /** How many passages the cross-encoder reads, 0 to 100; more are better and slower. Default 20. */
  candidates?: number | undefined;
  /** Most sections shown of one page, 1 to 20. Default 3. */
  sectionsPerPage?: number | undefined;
  /** Longest excerpt in characters, 40 to 1000. Default 160. */
  excerptLength?: number | undefined;
}

/**
 * How far a search has come: `keyword` by words alone; `hybrid` with vectors fused in; `reranking` while the
 * cross-encoder reads, its scores so far blended in; `done` when nothing more will come.
 */
export type Stage = 'keyword' | 'hybrid' | 'reranking' | 'done';

/** One state of the list. Each update stands for itself: show the latest, forget the others. */
export interface SearchUpdate {
  query: string;
  stage: Stage;
  results: PageResult[];
  /** Candidates that the cross-encoder has read, and will have; only while and after it reads. */
  progress?: { read: number; of: number };
  /** Parts that could not answer, and why; the results are what the others found. */
  missing: Missing[];
}

export interface Missing {
  /** `rows`: vectors are compared by estimates alone. */
  part: 'keyword' | 'vector' | 'rows' | 'rerank' | 'passages';
  reason: string;
}

/** Where a model is on its way into memory. */
export interface ModelStatus {
  model: 'embedder' | 'reranker';
  name: string;
  state: 'loading' | 'ready' | 'failed';
  loadedBytes: number;
  totalBytes: number;
  /** Why it failed. */
  reason?: string;
}
