import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoresOf } from './score-hits.js';

describe('scoresOf', () => {
  it.each<[string, (number | undefined)[], number[]]>([
    ['scores that fall', [12, 9, 3], [1, 2 / 3, 0]],
    ['distances, which rise', [0.25, 0.5, 1.25], [1, 0.75, 0]],
    ['scores that the list is not ordered by', [1, 3, 2], [1, 2 / 3, 1 / 3]],
    ['hits without scores', [undefined, undefined], [1, 0.5]],
    ['a hit without a score', [2, undefined], [1, 0.5]],
    ['scores that are all the same', [1, 1], [1, 1]],
    ['one hit', [0.1], [1]],
    ['none', [], []],
  ])('normalises %s', (_, given, expected) => {
    expect(scoresOf(given).map((score) => Math.round(score * 1e9))).toEqual(
      expected.map((score) => Math.round(score * 1e9)),
    );
  });

  it("never changes the engine's order, and stays between 0 and 1", () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined })),
        (given) => {
          const scores = scoresOf(given);
          expect(scores).toHaveLength(given.length);
          scores.forEach((score, nth) => {
            expect(score >= 0 && score <= 1).toBe(true);
            expect(score <= (scores[nth - 1] ?? 1)).toBe(true);
          });
        },
      ),
    );
  });
});
