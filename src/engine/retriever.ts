import type { Candidate } from './candidate.js';
import type { Passage } from './index-file/passage-file.js';
import type { Query } from './query.js';
import type { Missing } from './update.js';

/** The first look: finds candidates, in the index or wherever a site has them. */
export interface Retriever {
  /** The texts of the candidates that it finds. */
  readonly passages: PassageLookup;
  /**
   * Lists of candidates, better and better. The last one is what the second look reads.
   * @throws the signal's reason, between any two steps, once it is aborted
   */
  retrieve(query: Query, signal?: AbortSignal): AsyncGenerator<FirstLook, void>;
  /** Loads what the first look needs, in the order that it needs it. Never rejects. */
  preload(): Promise<void>;
  /** The parts that cannot answer, and why. */
  missing(): Missing[];
  /** Origins that its pages may have beside the site's own. Default: none. */
  readonly origins?: readonly string[];
}

/** A list of candidates, best first. */
export interface FirstLook {
  stage: 'keyword' | 'hybrid';
  candidates: Candidate[];
  /** What this query asked for and could not have, and why. */
  missing?: Missing[] | undefined;
  /** Words of the query that nobody wrote, as their stems, and the terms that were looked for in their place. */
  respelt?: Respelt | undefined;
}

/** Terms by the stem that they were looked for in place of. */
export type Respelt = ReadonlyMap<string, readonly string[]>;

/** Passages by the numbers that candidates have. */
export interface PassageLookup {
  /** Those that cannot be read are left out, and `failures` says why. */
  get(ids: readonly number[]): Promise<{ passages: Map<number, Passage>; failures: Error[] }>;
  /** Whether all of them are at hand, so that `get` waits for nothing. */
  has(ids: readonly number[]): boolean;
  /** A number for the page that a passage is of. */
  pageOf(id: number): number;
}
