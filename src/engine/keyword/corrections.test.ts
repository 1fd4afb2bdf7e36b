import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance } from './corrections.js';

/** Optimal string alignment as it is defined, the whole table. */
function plainDistance(left: string, right: string): number {
  const table = Array.from({ length: left.length + 1 }, (_, i) =>
    Array.from({ length: right.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= left.length; i++)
    for (let j = 1; j <= right.length; j++) {
      const swapped =
        i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]
          ? table[i - 2]![j - 2]! + 1
          : Infinity;
      table[i]![j] = Math.min(
        table[i - 1]![j]! + 1,
        table[i]![j - 1]! + 1,
        table[i - 1]![j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1),
        swapped,
      );
    }
  return table[left.length]![right.length]!;
}

describe('distance', () => {
  it('counts slips as the definition does, up to the most that are forgiven', () => {
    const word = fc.stringMatching(/^[abc]{0,9}$/);
    fc.assert(
      fc.property(word, word, fc.constantFrom(1, 2), (left, right, most) => {
        expect(distance(left, right, most)).toBe(Math.min(plainDistance(left, right), most + 1));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['registry', 'regsitry', 1],
    ['kubernetes', 'kubrenetse', 2],
    ['x'.repeat(80), 'x'.repeat(80), 3],
  ])('of %s and %s is %d', (left, right, slips) => {
    expect(distance(left, right, 2)).toBe(slips);
  });
});
