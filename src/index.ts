export { createSearch, type QueryOptions, type Search, type SearchOptions } from './client/create-search.js';
export {
  type Excerpt,
  type IndexInfo,
  type Missing,
  type ModelPolicy,
  type ModelStatus,
  type PageResult,
  SearchError,
  type SearchErrorCode,
  type SearchUpdate,
  type SectionResult,
  type Stage,
} from './protocol.js';
