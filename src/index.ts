export { createSearch, type QueryOptions, type Search, type SearchOptions } from './client/create-search.js';
export {
  type Excerpt,
  type FacetCounts,
  type FilterRule,
  type Filters,
  type IndexInfo,
  type Missing,
  type ModelPolicy,
  type ModelStatus,
  type PageResult,
  SearchError,
  type SearchErrorCode,
  type SearchUpdate,
  type SectionResult,
  type SortBy,
  type Stage,
} from './protocol.js';
