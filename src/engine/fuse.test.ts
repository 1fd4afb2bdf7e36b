import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuse, type VectorHits } from './fuse.js';
import type { KeywordHit } from './keyword/search-keywords.js';
import type { Ranked } from './ranked.js';

/** A ranking as the retrievers make it: best first, equals in the order of the site. */
function rankings(least: number, most: number): fc.Arbitrary<Ranked[]> {
  const score = fc.integer({ min: least * 100, max: most * 100 }).map((hundredths) => hundredths / 100);
  return fc
    .uniqueArray(fc.record({ passage: fc.nat(30), score }), { selector: ({ passage }) => passage })
    .map((hits) => hits.sort((left, right) => right.score - left.score || left.passage - right.passage));
}
const vectors = rankings(0, 1);
/** Vectors with half of the score. */
const half = (ranking: readonly Ranked[]): VectorHits => ({ ranking, weight: 0.5, unrelated: 0 });
const keywordsWith = (exact: fc.Arbitrary<boolean>): fc.Arbitrary<KeywordHit[]> =>
  rankings(0.01, 30).chain((hits) =>
    fc
      .array(exact, { minLength: hits.length, maxLength: hits.length })
      .map((flags) => hits.map((hit, at) => ({ ...hit, exact: flags[at]!, share: hit.score / 40 }))),
  );
const keywords = keywordsWith(fc.boolean());
const inexact = keywordsWith(fc.constant(false));

const ids = (list: readonly Ranked[]): number[] => list.map(({ passage }) => passage);

describe('fuse', () => {
  it('has every passage that either retriever found, once, with its rank and score in each', () => {
    fc.assert(
      fc.property(keywords, vectors, (keyword, vector) => {
        const fused = fuse(keyword, half(vector));
        expect(ids(fused).sort()).toEqual([...new Set([...ids(keyword), ...ids(vector)])].sort());
        for (const { passage, ...found } of fused)
          for (const [ranking, evidence] of [
            [keyword, found.keyword],
            [vector, found.vector],
          ] as const) {
            const at = ids(ranking).indexOf(passage);
            expect(evidence).toEqual(at < 0 ? undefined : { rank: at + 1, score: ranking[at]!.score });
          }
      }),
    );
  });

  it('gives scores from 0 to 1, falling but for exact titles, which come first', () => {
    fc.assert(
      fc.property(keywords, fc.option(vectors, { nil: undefined }), (keyword, vector) => {
        const fused = fuse(keyword, vector && half(vector));
        fused.forEach(({ score, firstStage, exact }, at) => {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
          expect(firstStage).toBe(score);
          const next = fused[at + 1];
          if (next?.exact === exact) expect(next.score).toBeLessThanOrEqual(score);
          else if (next) expect(exact).toBe(true);
        });
      }),
    );
  });

  it('puts the passage first that is first in both rankings', () => {
    fc.assert(
      fc.property(inexact, vectors, fc.nat(30), (keyword, vector, best) => {
        const first = <T extends Ranked>(list: T[], hit: T): T[] => [
          hit,
          ...list.filter(({ passage }) => passage !== best),
        ];
        const fused = fuse(
          first(keyword, { passage: best, score: 31, exact: false, share: 31 / 40 }),
          half(first(vector, { passage: best, score: 1.01 })),
        );
        expect(fused[0]?.passage).toBe(best);
      }),
    );
  });

  it('never puts a passage behind one that both retrievers think less of', () => {
    fc.assert(
      fc.property(inexact, vectors, (keyword, vector) => {
        const fused = fuse(keyword, half(vector));
        fused.forEach((better, at) => {
          for (const worse of fused.slice(0, at)) {
            if (!better.keyword || !better.vector || !worse.keyword || !worse.vector) continue;
            const behindInBoth =
              better.keyword.score > worse.keyword.score && better.vector.score > worse.vector.score;
            expect(behindInBoth && better.score < worse.score).toBe(false);
          }
        });
      }),
    );
  });

  it('keeps the order of the one ranking that there is, exact titles apart', () => {
    fc.assert(
      fc.property(inexact, vectors, (keyword, vector) => {
        expect(ids(fuse(keyword, undefined))).toEqual(ids(keyword));
        expect(ids(fuse([], half(vector)))).toEqual(ids(vector));
      }),
    );
  });

  it('gives no share to vectors that have not come, and theirs to those that have', () => {
    const keyword = [
      { passage: 1, score: 10, exact: false, share: 0.8 },
      { passage: 2, score: 5, exact: false, share: 0.4 },
    ];
    expect(fuse(keyword, undefined).map(({ score }) => score)).toEqual([0.8, 0.4]);
    const ranking = [
      { passage: 2, score: 0.9 },
      { passage: 3, score: 0.5 },
    ];
    const scores = (hits: VectorHits): [number, number][] =>
      fuse(keyword, hits).map(({ passage, score }) => [passage, Number(score.toFixed(9))]);
    expect(scores(half(ranking))).toEqual([
      [2, 0.65],
      [1, 0.4],
      [3, 0.25],
    ]);
    expect(scores({ ranking, weight: 0.25, unrelated: 0 })).toEqual([
      [1, 0.6],
      [2, 0.525],
      [3, 0.125],
    ]);
    expect(fuse([], half(ranking)).map(({ score }) => score)).toEqual([0.9, 0.5]);
  });

  it('takes the cosine of unrelated texts for nothing', () => {
    const ranking = [
      { passage: 1, score: 0.9 },
      { passage: 2, score: 0.8 },
      { passage: 3, score: 0.7 },
    ];
    const scores = fuse([], { ranking, weight: 0.5, unrelated: 0.8 }).map(({ score }) => score);
    expect(scores).toEqual([expect.closeTo(0.5), 0, 0]);
  });

  it('keeps an exact title on top, whatever the vectors say', () => {
    const keyword = [
      { passage: 1, score: 10, exact: false, share: 1 },
      { passage: 2, score: 1, exact: true, share: 0.1 },
    ];
    expect(ids(fuse(keyword, half([{ passage: 1, score: 0.9 }])))).toEqual([2, 1]);
  });

  it('makes nothing of nothing', () => {
    expect(fuse([], undefined)).toEqual([]);
    expect(fuse([], half([]))).toEqual([]);
  });
});
