import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, inOrder } from '../candidate.js';
import { blend } from './blend.js';
import type { Expected } from './expected.js';
import { worthReading } from './worth-reading.js';

const candidate = (passage: number, firstStage: number, counted?: number, exact = false): Candidate => ({
  ...{ passage, score: firstStage, firstStage, exact },
  ...(counted !== undefined && { counted }),
});
const ids = (list: readonly Candidate[]): number[] => list.map(({ passage }) => passage);
const ANYTHING = (): Pick<Expected, 'low' | 'high'> => ({ low: 0, high: 1 });

describe('worthReading', () => {
  it('leaves out what no score can move, and what cannot come among the first', () => {
    const list = [
      candidate(1, 1),
      candidate(2, 0.6),
      candidate(3, 0.55),
      candidate(4, 0.2),
      candidate(5, 0.15),
    ];
    expect(ids(worthReading(list, 0.1, 3, ANYTHING))).toEqual([2, 3]);
    expect(ids(worthReading(list, 0.1, 4, ANYTHING))).toEqual([2, 3, 4, 5]);
    expect(ids(worthReading(list, 0, 5, ANYTHING))).toEqual([]);
    expect(ids(worthReading(list, 1, 5, ANYTHING))).toEqual([1, 2, 3, 4, 5]);
  });

  it('reads no candidate for the sake of one that stands above all as it is', () => {
    expect(worthReading([candidate(1, 0.1, undefined, true), candidate(2, 0.9)], 1, 10, ANYTHING)).toEqual(
      [],
    );
  });

  it('ends with the order of the first ones that reading all would give, whatever the scores', () => {
    const share = fc.integer({ min: 0, max: 64 }).map((part) => part / 64);
    const drawn = fc.array(fc.record({ firstStage: share, exact: fc.boolean(), says: share }), {
      minLength: 1,
      maxLength: 14,
    });
    fc.assert(
      fc.property(drawn, share, fc.integer({ min: 1, max: 10 }), (all, weight, top) => {
        const says = all.map((entry) => entry.says);
        const list = inOrder(
          all.map(({ firstStage, exact }, at) => candidate(at, firstStage, undefined, exact)),
        );
        for (;;) {
          const [next] = worthReading(list, weight, top, ANYTHING);
          if (!next) break;
          next.counted = says[next.passage]!;
        }
        const whole = list.map((entry) => ({ ...entry, counted: says[entry.passage]! }));
        const scored = blend(whole, weight);
        const scoreOf = new Map(scored.map(({ passage, score }) => [passage, score]));
        // Where two have the same score in the end, either order is right.
        expect(
          blend(list, weight)
            .slice(0, top)
            .map(({ passage }) => scoreOf.get(passage)),
        ).toEqual(scored.slice(0, top).map(({ score }) => score));
      }),
    );
  });
});
