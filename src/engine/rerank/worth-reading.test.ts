import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, inOrder } from '../candidate.js';
import { blend } from './blend.js';
import { type Expected, expectedOf, worthReading } from './worth-reading.js';

const candidate = (passage: number, firstStage: number, counted?: number, exact = false): Candidate => ({
  ...{ passage, score: firstStage, firstStage, exact },
  ...(counted !== undefined && { counted }),
});
const ids = (list: readonly Candidate[]): number[] => list.map(({ passage }) => passage);
const ANYTHING = (): Expected => ({ low: 0, high: 1 });

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

describe('expectedOf', () => {
  const read = (...pairs: [firstStage: number, counted: number][]): Candidate[] =>
    pairs.map(([firstStage, counted], at) => candidate(at, firstStage, counted));
  const unread = (firstStage: number): Candidate => candidate(99, firstStage);

  it('expects anything before something has been read', () => {
    expect(expectedOf([unread(1), unread(0.5)])(unread(0.5))).toEqual({ low: 0, high: 1 });
  });

  it('goes on along the line of what has been read, more closely the better that lies on one', () => {
    const line = [0.9, 0.8, 0.7, 0.6].map((first): [number, number] => [first, first - 0.3]);
    const onIt = expectedOf(read(...line))(unread(0.5));
    expect((onIt.low + onIt.high) / 2).toBeCloseTo(0.2, 5);
    const strayed = line.map(([first, counted], at): [number, number] => [first, counted + (at % 2) * 0.2]);
    const besideIt = expectedOf(read(...strayed))(unread(0.5));
    expect(besideIt.high - besideIt.low).toBeGreaterThan(onIt.high - onIt.low);
    const long = expectedOf(read(...line, ...line, ...line))(unread(0.5));
    expect(long.high - long.low).toBeLessThan(onIt.high - onIt.low);
  });

  it('expects of a worse candidate never more than of a better one, and nothing but probabilities', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(share, share), { maxLength: 12 }), share, share, (pairs, one, other) => {
        const expected = expectedOf(read(...pairs));
        const worse = expected(unread(Math.min(one, other)));
        const better = expected(unread(Math.max(one, other)));
        expect(worse.low).toBeLessThanOrEqual(better.low);
        expect(worse.high).toBeLessThanOrEqual(better.high);
        expect(worse.low).toBeGreaterThanOrEqual(0);
        expect(better.high).toBeLessThanOrEqual(1);
        expect(better.low).toBeLessThanOrEqual(better.high);
      }),
    );
  });
});
