import { expect, it } from 'vitest';
import { looserQuery } from './looser-query.js';

it.each([
  ['"undo a publish"', 'undo a publish'],
  ['undo “a publish” now', 'undo a publish now'],
  ['tokens -legacy', 'tokens'],
  ['tokens', undefined],
  ['npm install -g --save', undefined],
  ['-legacy', undefined],
  ['', undefined],
])('makes %j into %j', (query, looser) => expect(looserQuery(query)).toBe(looser));
