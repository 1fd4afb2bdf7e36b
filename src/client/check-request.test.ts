import { describe, expect, it } from 'vitest';
import type { SearchRequest } from '../protocol.js';
import { checkRequest } from './check-request.js';

describe('checkRequest', () => {
  it.each([
    {},
    { limit: 1, rerank: { candidates: 0, budget: 5 }, filters: {}, facets: [] },
    { filters: { section: 'cli', version: ['1', '2'], status: { none: ['draft'], any: [] } }, facets: true },
    { filters: { section: { any: undefined, none: ['x'] }, version: {} } },
    { sort: { by: 'date' }, facets: ['section'] },
    { sort: { by: '__proto__', order: 'desc' } },
  ] as const)('lets %j pass', (request) => {
    expect(() => checkRequest(request)).not.toThrow();
  });

  it.each([
    [{ limit: 0 }, /^limit is 0; expected a whole number from 1 to 100/],
    [
      { rerank: { candidates: 'all' } },
      /^rerank\.candidates is "all"; expected a whole number from 0 to 100/,
    ],
    [{ rerank: { budget: 0 } }, /^rerank\.budget is 0; expected a whole number from 1 to 60000/],
    [{ filters: 'cli' }, /^filters is "cli"; expected/],
    [{ filters: { section: 7 } }, /^filters\.section is 7; expected a value, a list of values, or/],
    [{ filters: { section: { not: ['x'] } } }, /^filters\.section is/],
    [{ filters: { section: null } }, /^filters\.section is null/],
    [{ filters: { section: { any: null } } }, /^filters\.section is/],
    [{ filters: { section: ['x', null] } }, /^filters\.section is/],
    [{ sort: 'date' }, /^sort is "date"; expected \{ by: key \}/],
    [{ sort: { by: 'date', order: 'up' } }, /^sort is .*'asc' or 'desc'/],
    [{ sort: null }, /^sort is null/],
    [{ facets: 'section' }, /^facets is "section"; expected true or a list of filter keys/],
    [{ facets: [1] }, /^facets is \[1\]/],
  ])('refuses %j by name', (request, message) => {
    expect(() => checkRequest(request as Omit<SearchRequest, 'text'>)).toThrow(message);
  });
});
