import type { Filters } from './filters.js';
import type { RerankOptions } from './rerank/reading.js';
import type { PageResult } from './results.js';

/** What a search asks for. */
export interface SearchRequest {
  /**
   * What the visitor typed; empty, with filters or a sort, for all pages that pass, a section each. Cut at 500 characters. Results have what stands `"in quotes"` word for word, and no `-word`
   * (of three letters or more, where something else is looked for too; shorter ones are flags, such as `-g`).
   */
  text: string;
  /** Most pages in a list, 1 to 100. Default 10. */
  limit?: number | undefined;
  /** How much the second look reads; more is better and slower. Default: what 600 ms allow. */
  rerank?: RerankOptions | undefined;
  /** Most sections shown of one page, 1 to 20. Default 3. */
  sectionsPerPage?: number | undefined;
  /** Longest excerpt in characters, 40 to 1000. Default 160. */
  excerptLength?: number | undefined;
  /** What is asked of the pages, by keys that the site defines. Default: nothing. */
  filters?: Filters | undefined;
  /**
   * Lists pages in the order of a key that the site defines (`data-pagefind-sort`), not by relevance: those that the
   * words find, with all of the words where any page has them all, or without a text all pages. Pages without the key
   * come last. No vectors and no second look then. Default: by relevance.
   */
  sort?: SortBy | undefined;
  /**
   * Filter keys whose values are counted in each update's pages; `true` for all keys. Counted are the pages of all the
   * candidates, of which `results` shows the first; they have passed every filter, also those of the key itself.
   * Default: none.
   */
  facets?: true | readonly string[] | undefined;
}

/** An order of pages. */
export interface SortBy {
  /** The key. */
  readonly by: string;
  /** Smallest first, or largest first. Default `asc`. */
  readonly order?: 'asc' | 'desc' | undefined;
}

/** Numbers of pages by filter key and value. */
export type FacetCounts = Record<string, Record<string, number>>;

/**
 * How far a search has come: `keyword` by words alone (twice, the first pages before the others, where texts are fetched); `hybrid` with vectors fused in; `reranking` while the
 * cross-encoder reads, its scores so far blended in; `done` when nothing more will come.
 */
export type Stage = 'keyword' | 'hybrid' | 'reranking' | 'done';

/** One state of the list. Each update stands for itself: show the latest, forget the others. */
export interface SearchUpdate {
  query: string;
  stage: Stage;
  results: PageResult[];
  /** How far the cross-encoder has come; only while and after it reads. */
  progress?: Progress;
  /** Words of the query that no page has, each with the one that was looked for in its place. */
  respelt?: Respelling[];
  /** How many pages have each value of the keys that `facets` asks for; values that none has are left out. */
  facets?: FacetCounts;
  /** Parts that could not answer, and why; the results are what the others found. */
  missing: Missing[];
}

export interface Progress {
  /** Candidates that it has read. */
  read: number;
  /** Those that it will have. */
  of: number;
  /** What it runs on, and why on nothing better; once that has been tried out, a second or two after it was ready. */
  device?: ModelDevice;
}

export interface Respelling {
  /** As it was typed. */
  typed: string;
  /** As a page has it. */
  meant: string;
}

export interface Missing {
  /**
   * `rows`: vectors are compared by estimates alone. `language`: the index's main language is searched in place of the
   * wanted one, or words are not stemmed. `index`: one of several indexes cannot be searched.
   */
  part:
    | 'keyword'
    | 'vector'
    | 'rows'
    | 'rerank'
    | 'passages'
    | 'remote'
    | 'filters'
    | 'sort'
    | 'synonyms'
    | 'language'
    | 'index';
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
  /** What it runs on, once that has been tried out; told again where it changes. */
  device?: ModelDevice;
}

/** What runs a model. */
export interface ModelDevice {
  kind: 'webgpu' | 'wasm';
  /** Passages that it reads at a time; in WebAssembly, each in a worker of its own. */
  lanes: number;
  /** Why on nothing that is better. */
  reason: string;
}
