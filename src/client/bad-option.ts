import { SearchError } from '../protocol.js';

/** The error of an option that is not what it should be. */
export function badOption(option: string, value: unknown, expected: string): SearchError {
  return new SearchError('bad-option', `${option} is ${JSON.stringify(value)}; expected ${expected}.`);
}
