import { type ErrorData, SearchError } from '../protocol.js';

/** An error that has crossed from the worker. */
export function errorOf({ code, message }: ErrorData): SearchError {
  return new SearchError(code, message);
}
