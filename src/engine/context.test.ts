import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, inOrder } from './candidate.js';
import { inContext } from './context.js';

const candidate = (passage: number, score: number, exact = false): Candidate => ({
  ...{ passage, score, firstStage: score, exact },
});
const list = fc
  .uniqueArray(
    fc.record({
      passage: fc.nat(200),
      score: fc.double({ min: 0, max: 1, noNaN: true }),
      exact: fc.boolean(),
    }),
    { selector: ({ passage }) => passage, maxLength: 60 },
  )
  .map((entries) => inOrder(entries.map(({ passage, score, exact }) => candidate(passage, score, exact))));
const ids = (candidates: readonly Candidate[]): number[] => candidates.map(({ passage }) => passage);

describe('inContext', () => {
  it('puts the passage first whose neighbours match, of two that match alike', () => {
    expect(ids(inContext([candidate(100, 0.8), candidate(10, 0.8), candidate(12, 0.5)]))).toEqual([
      10, 100, 12,
    ]);
  });

  it('keeps the order where each passage is alone', () => {
    const alone = [candidate(300, 0.9), candidate(20, 0.5), candidate(150, 0.1)];
    expect(ids(inContext(alone))).toEqual([300, 20, 150]);
  });

  it('takes what differs in the last digits alone for a tie, which the order of the site breaks', () => {
    expect(ids(inContext([candidate(90, 0.1 + 0.2), candidate(30, 0.3)]))).toEqual([30, 90]);
  });

  it('does not put neighbours before a passage that matches far better', () => {
    const many = Array.from({ length: 20 }, (_, at) => candidate(at, 0.3));
    expect(ids(inContext([candidate(100, 1), ...many]))[0]).toBe(100);
  });

  it('keeps every candidate, scores from 0 to 1, exact matches on top, and says the same as a plain sum', () => {
    fc.assert(
      fc.property(list, (candidates) => {
        const scored = inContext(candidates);
        expect([...ids(scored)].sort()).toEqual([...ids(candidates)].sort());
        expect(ids(inOrder(scored))).toEqual(ids(scored));
        for (const { passage, score, firstStage } of scored) {
          const own = candidates.find((one) => one.passage === passage)!.score;
          const around = candidates
            .filter((one) => one.passage !== passage && Math.abs(one.passage - passage) <= 10)
            .reduce((sum, one) => sum + one.score, 0);
          expect(score).toBeCloseTo(0.8 * own + (0.2 * around) / (around + 10), 8);
          expect(firstStage).toBe(score);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
