import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, inOrder } from '../candidate.js';
import { blend } from './blend.js';

/** In 64ths, which sums and products keep exactly. */
const share = fc.integer({ min: 0, max: 64 }).map((part) => part / 64);
const candidates: fc.Arbitrary<Candidate[]> = fc
  .array(
    fc.record({ firstStage: share, exact: fc.boolean(), counted: fc.option(share, { nil: undefined }) }),
    {
      maxLength: 12,
    },
  )
  .map((list) =>
    inOrder(
      list.map(({ firstStage, exact, counted }, passage) => ({
        ...{ passage, score: firstStage, firstStage, exact },
        ...(counted !== undefined && { counted }),
      })),
    ),
  );
const candidate = (passage: number, firstStage: number, counted?: number, exact = false): Candidate => ({
  ...{ passage, score: firstStage, firstStage, exact },
  ...(counted !== undefined && { counted }),
});
const ids = (list: readonly Candidate[]): number[] => list.map(({ passage }) => passage);

describe('blend', () => {
  it('keeps the order of the first stage with the weight 0', () => {
    fc.assert(
      fc.property(candidates, (list) => {
        expect(ids(blend(list, 0))).toEqual(ids(list));
      }),
    );
  });

  it('keeps the order of the first stage where nothing, or a single candidate, has been read', () => {
    fc.assert(
      fc.property(candidates, share, fc.nat(12), share, (list, weight, at, probability) => {
        const unread = list.map(({ passage, firstStage, exact }) =>
          candidate(passage, firstStage, undefined, exact),
        );
        expect(ids(blend(unread, weight))).toEqual(ids(inOrder(unread)));
        const one = unread.map((entry, index) => (index === at ? { ...entry, counted: probability } : entry));
        expect(ids(blend(one, weight))).toEqual(ids(inOrder(one)));
      }),
    );
  });

  it('orders as the cross-encoder does with the weight 1', () => {
    const list = [candidate(1, 0.9, 0.1), candidate(2, 0.5, 0.8), candidate(3, 0.1, 0.4)];
    expect(ids(blend(list, 1))).toEqual([2, 3, 1]);
  });

  it('never puts a candidate behind one that both stages think less of', () => {
    fc.assert(
      fc.property(candidates, share, (list, weight) => {
        const blended = blend(list, weight);
        blended.forEach((better, at) => {
          for (const worse of blended.slice(0, at)) {
            if (better.counted === undefined || worse.counted === undefined || worse.exact !== better.exact)
              continue;
            const behindInBoth = better.firstStage > worse.firstStage && better.counted > worse.counted;
            expect(behindInBoth && better.score < worse.score).toBe(false);
          }
        });
      }),
    );
  });

  it('may blend a blended list again, as more of it is read', () => {
    fc.assert(
      fc.property(candidates, share, (list, weight) => {
        const scores = new Map(blend(list, weight).map(({ passage, score }) => [passage, score]));
        const again = blend(blend(list, weight), weight);
        for (const { passage, score } of again) expect(score).toBeCloseTo(scores.get(passage)!, 10);
        // The same order, but where sums in another order make one of two equal scores a hair higher.
        for (const [at, { passage, exact }] of again.entries()) {
          const before = again[at - 1];
          if (before?.exact === exact)
            expect(scores.get(passage)! - scores.get(before.passage)!).toBeLessThan(1e-10);
        }
      }),
    );
  });

  it('counts an unread candidate as those read let expect', () => {
    const list = [candidate(1, 0.6, 0.4), candidate(2, 0.5, 0.3), candidate(3, 0.4)];
    const scores = new Map(blend(list, 0.5).map(({ passage, score }) => [passage, score]));
    expect(scores.get(1)).toBeCloseTo(0.5);
    expect(scores.get(2)).toBeCloseTo(0.4);
    expect(scores.get(3)).toBeCloseTo(0.3);
  });

  it('keeps those that may not be read behind the others, in their order, with scores that never rise', () => {
    fc.assert(
      fc.property(candidates, share, fc.nat(12), (list, weight, most) => {
        const others = list
          .slice(most)
          .map(({ passage, firstStage, exact }) => candidate(passage, firstStage, undefined, exact));
        const blended = blend([...list.slice(0, most), ...others], weight, most);
        expect(ids(blended.slice(most))).toEqual(ids(others));
        const scores = blended.filter(({ exact }) => !exact).map(({ score }) => score);
        for (const [at, score] of scores.entries())
          expect(score).toBeLessThanOrEqual(scores[at - 1] ?? Infinity);
      }),
    );
  });

  it('keeps exact titles on top, however little the cross-encoder thinks of them', () => {
    expect(ids(blend([candidate(1, 0.1, 0, true), candidate(2, 1, 1)], 1))).toEqual([1, 2]);
    fc.assert(
      fc.property(candidates, share, (list, weight) => {
        const flags = blend(list, weight).map(({ exact }) => exact);
        expect(flags.lastIndexOf(true)).toBe(flags.filter(Boolean).length - 1);
      }),
    );
  });

  it('gives scores from 0 to 1 to the same candidates, and leaves the given list as it was', () => {
    fc.assert(
      fc.property(candidates, share, (list, weight) => {
        const before = structuredClone(list);
        const blended = blend(list, weight);
        expect(ids(blended).sort()).toEqual(ids(list).sort());
        for (const { score } of blended) expect(score >= 0 && score <= 1 + 1e-12).toBe(true);
        expect(list).toEqual(before);
      }),
    );
  });
});
