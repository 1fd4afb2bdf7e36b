import { describe, expect, it } from 'vitest';
import { ranksOf } from './ranks-of.js';

describe('ranksOf', () => {
  it.each([
    ['numbers by size', ['10', '9', '-1.5', '1e2'], [3, 2, 1, 4]],
    ['anything else as text', ['10', '9', 'x'], [1, 2, 3]],
    ['dates as ISO 8601 writes them', ['2024-10-01', '2024-09-30', '2023-12-31'], [3, 2, 1]],
    ['text, whatever its case', ['banana', 'Cherry', 'apple'], [2, 3, 1]],
    ['equal values alike', ['b', undefined, 'a', 'b'], [2, 0, 1, 2]],
    ['numbers that are written differently alike', ['1', '1.0', '2'], [1, 1, 2]],
    ['nothing', [], []],
  ])('ranks %s', (_, values, ranks) => {
    expect(ranksOf(values)).toEqual(ranks);
  });
});
