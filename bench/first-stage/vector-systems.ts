import { edgevec } from './edgevec.js';
import { hnswlib } from './hnswlib.js';
import { OWN_VECTORS } from './own-vectors.js';
import { plain } from './plain-vectors.js';

/** Vectors one after another. */
export interface Vectors {
  components: Float32Array<ArrayBuffer>;
  dimensions: number;
  rows: number;
}

/** A vector index in the browser. */
export interface VectorSystem {
  name: string;
  ours: boolean;
  note: string;
  /** The npm package, if it is one. */
  package?: string;
  build: (vectors: Vectors) => Promise<VectorIndex>;
}

export interface VectorIndex {
  /** Writes the index as a visitor would get or keep it, and says how many bytes that are. */
  save: () => Promise<number>;
  /** Opens what was saved; milliseconds count from here to an index that answers. */
  load: () => Promise<SearchVectors>;
  /** The index as built, where what was saved cannot be opened. */
  unsaved?: SearchVectors;
}

/** Rows of the nearest vectors, nearest first. */
export type SearchVectors = (query: Float32Array, limit: number) => number[] | Promise<number[]>;

/** A further system is an entry here. */
export const VECTOR_SYSTEMS: readonly VectorSystem[] = [...OWN_VECTORS, plain, ...hnswlib, edgevec];
