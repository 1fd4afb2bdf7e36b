/**
 * What crosses the boundary between a page and its worker. Both sides are built together; the version guards against
 * a cache that serves one of them from another release.
 *
 * Set-up goes through Comlink (`WorkerApi`). Each query, or question, has a MessagePort of its own: the worker posts `FromWorker`,
 * the page posts `ToWorker`. The port is the query's identity, so that no answer can be taken for another's.
 */
import type { ContextRequest } from './engine/context-passages.js';
import type { SearchErrorCode } from './engine/errors.js';
import type { FacetCounts, ModelStatus, SearchRequest, SearchUpdate } from './engine/update.js';

export type { Context, ContextPassage, ContextRequest } from './engine/context-passages.js';
export type { Evidence } from './engine/candidate.js';
export type { Excerpt } from './engine/excerpt.js';
export type { FilterRule, Filters } from './engine/filters.js';
export type { RerankOptions } from './engine/rerank/reading.js';
export type { PageResult, SectionResult } from './engine/results.js';
export type {
  FacetCounts,
  Missing,
  ModelDevice,
  ModelStatus,
  Progress,
  Respelling,
  SearchRequest,
  SearchUpdate,
  SortBy,
  Stage,
} from './engine/update.js';
export { MANIFEST } from './engine/index-file/manifest-name.js';
export { SearchError, type SearchErrorCode } from './engine/errors.js';

export const PROTOCOL_VERSION = 3;

/** Whether models are loaded: never, always, or only where the visitor does not save data. */
export type ModelPolicy = 'auto' | 'on' | 'off';

export interface OpenRequest {
  /** Absolute URL of the index folder, ending in a slash. */
  indexUrl: string;
  /** The language to search in, BCP 47. */
  language: string;
  /** Why no model is to be loaded; absent when they are. */
  withoutModels?: string | undefined;
  /** The main manifest, which the page has fetched while the worker's script was on its way. */
  manifest?: Uint8Array<ArrayBuffer> | undefined;
}

/** What a page may know about an open index. */
export interface IndexInfo {
  pages: number;
  sections: number;
  passages: number;
  /** The language that is searched, BCP 47. */
  language: string;
  /** Those that the index folder has, the main one first. */
  languages: string[];
  /** Keys that pages can be filtered by. */
  filters: string[];
  /** Bytes that a visitor downloads for models and their runtime. */
  modelBytes: number;
  /** The same by the SHA-256 of the weights, which several indexes may have in common, and of their `RUNTIME`. */
  modelFiles: Record<string, number>;
}

/** What stands for models' runtime among their files. */
export const RUNTIME = 'runtime';

/** Errors keep their code and message across the boundary. */
export interface ErrorData {
  code: SearchErrorCode;
  message: string;
}

export type OpenAnswer = { version: number; info: IndexInfo } | { version: number; error: ErrorData };

export type FiltersAnswer = { filters: FacetCounts } | { error: ErrorData };

/** Called over Comlink. */
export interface WorkerApi {
  /** Opens the index; the first call of all. `onStatus` hears of models as they load. */
  open(request: OpenRequest, onStatus: (status: ModelStatus) => void): Promise<OpenAnswer>;
  /** Loads the models ahead of the first query. */
  preload(): void;
  /** The keys and values that pages can be filtered by, with how many have each. */
  filters(): Promise<FiltersAnswer>;
  /** Answers a query over the port. */
  query(request: SearchRequest, port: MessagePort): void;
  /** Answers with passages for a language model, one update, over the port. */
  context(request: ContextRequest, port: MessagePort): void;
}

export type FromWorker<Update = SearchUpdate> =
  { type: 'update'; update: Update } | { type: 'end' } | { type: 'error'; error: ErrorData };

/** The page wants no more; the worker stops at the next step. */
export interface ToWorker {
  type: 'cancel';
}
