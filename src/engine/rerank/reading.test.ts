import { expect, it } from 'vitest';
import { readingOf } from './reading.js';

it('reads what the budget allows, until the first ten are settled', () => {
  expect(readingOf()).toEqual({ most: 30, budget: 600, settle: 10 });
  expect(readingOf({ budget: 100 })).toEqual({ most: 30, budget: 100, settle: 10 });
});

it('reads all of a number of candidates, unless a budget says less', () => {
  expect(readingOf({ candidates: 7 })).toEqual({ most: 7, budget: Infinity });
  expect(readingOf({ candidates: 0, budget: 50 })).toEqual({ most: 0, budget: 50 });
});
