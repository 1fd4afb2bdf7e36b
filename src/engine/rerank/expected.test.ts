import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../candidate.js';
import { expectedOf } from './expected.js';

const candidate = (passage: number, firstStage: number, counted?: number): Candidate => ({
  ...{ passage, score: firstStage, firstStage, exact: false },
  ...(counted !== undefined && { counted }),
});

describe('expectedOf', () => {
  const read = (...pairs: [firstStage: number, counted: number][]): Candidate[] =>
    pairs.map(([firstStage, counted], at) => candidate(at, firstStage, counted));
  const unread = (firstStage: number): Candidate => candidate(99, firstStage);

  it('expects anything before something has been read', () => {
    expect(expectedOf([unread(1), unread(0.5)])(unread(0.5))).toEqual({ likely: 0.5, low: 0, high: 1 });
  });

  it('goes on along the line of what has been read, more closely the better that lies on one', () => {
    const line = [0.9, 0.8, 0.7, 0.6].map((first): [number, number] => [first, first - 0.3]);
    const onIt = expectedOf(read(...line))(unread(0.5));
    expect(onIt.likely).toBeCloseTo(0.2, 5);
    const strayed = line.map(([first, counted], at): [number, number] => [first, counted + (at % 2) * 0.2]);
    const besideIt = expectedOf(read(...strayed))(unread(0.5));
    expect(besideIt.high - besideIt.low).toBeGreaterThan(onIt.high - onIt.low);
    const long = expectedOf(read(...line, ...line, ...line))(unread(0.5));
    expect(long.high - long.low).toBeLessThan(onIt.high - onIt.low);
  });

  it('learns from what has been read how much the first look says', () => {
    const after = (of: (firstStage: number) => number): number =>
      expectedOf(read(...[0.9, 0.8, 0.7, 0.6].map((first): [number, number] => [first, of(first)])))(
        unread(0.4),
      ).likely;
    const steep = after((first) => 2 * first - 1);
    const flat = after(() => 0.3);
    const falling = after((first) => 1 - first);
    // A slope of 1 would be 0.15, 0 and 0 of these, less the further from what was read.
    expect(steep).toBeCloseTo(0, 5);
    expect(flat).toBeGreaterThan(0.2);
    expect(falling).toBeCloseTo(0.25, 5);
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
        expect(worse.likely).toBeLessThanOrEqual(better.likely);
        expect(worse.low).toBeGreaterThanOrEqual(0);
        expect(better.high).toBeLessThanOrEqual(1);
        expect(better.low).toBeLessThanOrEqual(better.likely);
        expect(better.likely).toBeLessThanOrEqual(better.high);
      }),
    );
  });
});
