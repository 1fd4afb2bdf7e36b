// Not the values of `../index.js`: browsers would ask for that file too.
export { createSearch } from '../client/create-search.js';
export type * from '../index.js';
export { SearchError } from '../protocol.js';
export type { Announcer } from './announcer.js';
export type { Attention, CalmList } from './calm-list.js';
export * from './events.js';
export { ENGLISH, type Messages } from './messages.js';
export type { ModelChoice } from './model-consent.js';
export { SearchPart } from './search-part.js';
export type { OpenedResult } from './search-history.js';
export {
  type ChosenFilters,
  type ResultsSurface,
  SearchSession,
  type SessionOptions,
} from './search-session.js';
export { SecondLook } from './second-look.js';
export type { SecondLookFilters } from './second-look-filters.js';
export { type ResultsKind, SecondLookInput } from './second-look-input.js';
export { SecondLookResults } from './second-look-results.js';
export { SecondLookStatus } from './second-look-status.js';
export { sessionNamed } from './session-registry.js';
