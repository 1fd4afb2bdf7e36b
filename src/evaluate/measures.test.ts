import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean, meanMeasures, measure, type Measures, percentile } from './measures.js';

const grades = (entries: Record<string, number>): Map<string, number> => new Map(Object.entries(entries));
const ids = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}${at}`);

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('');

describe('measure', () => {
  it('has discounts of 1, log2(3), log2(4) … as in trec_eval', () => {
    // Second and fourth of four, two relevant: (1/log2 3 + 1/log2 5) / (1 + 1/log2 3).
    const found = measure(['x', 'a', 'y', 'b'], grades({ a: 1, b: 1 }));
    expect(found['ndcg@10']).toBeCloseTo((0.63093 + 0.43068) / (1 + 0.63093), 4);
    expect(found['mrr@10']).toBe(0.5);
    expect(found['recall@10']).toBe(1);
  });

  it('takes a grade as the gain itself, not 2 to its power', () => {
    // The 1 before the 3, no others: (1 + 3/log2 3) / (3 + 1/log2 3).
    const found = measure(['low', 'high'], grades({ high: 3, low: 1 }));
    expect(found['ndcg@10']).toBeCloseTo((1 + 3 * 0.63093) / (3 + 0.63093), 4);
  });

  it('does not hold it against a ranking that more than 10 are relevant', () => {
    const relevant = ids(20, 'r');
    const found = measure(relevant, new Map(relevant.map((id) => [id, 1])));
    expect(found['ndcg@10']).toBe(1);
    expect(found['recall@10']).toBe(0.5);
    expect(found['recall@100']).toBe(1);
  });

  it('counts a relevant document in place 11 for recall@100 alone, one in place 101 for nothing', () => {
    const at = (before: number): Measures =>
      measure([...ids(before, 'x'), 'a', ...ids(120, 'y')], grades({ a: 1 }));
    expect(at(9)).toMatchObject({ 'mrr@10': 0.1, 'recall@10': 1, 'recall@100': 1 });
    expect(at(10)).toEqual({ 'ndcg@10': 0, 'mrr@10': 0, 'recall@10': 0, 'recall@100': 1 });
    expect(at(100)).toEqual({ 'ndcg@10': 0, 'mrr@10': 0, 'recall@10': 0, 'recall@100': 0 });
  });

  it('is 0 for an empty ranking, and not spared for a short one', () => {
    expect(measure([], grades({ a: 1 }))).toEqual({
      'ndcg@10': 0,
      'mrr@10': 0,
      'recall@10': 0,
      'recall@100': 0,
    });
    const found = measure(['a'], grades({ a: 1, b: 1, c: 1 }));
    expect(found['ndcg@10']).toBeCloseTo(1 / (1 + 0.63093 + 0.5), 4);
    expect(found['recall@10']).toBeCloseTo(1 / 3);
  });

  const labels = fc
    .dictionary(fc.constantFrom(...LETTERS.slice(0, 16)), fc.integer({ min: 1, max: 3 }), { minKeys: 1 })
    .map(grades);
  const ranking = fc.shuffledSubarray(LETTERS);

  it('gives 1 to the best order, and to no order more', () => {
    fc.assert(
      fc.property(labels, ranking, (relevant, any) => {
        const best = [...relevant].sort(([, left], [, right]) => right - left).map(([id]) => id);
        expect(measure(best, relevant)['ndcg@10']).toBe(1);
        for (const value of Object.values(measure(any, relevant))) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  it('never falls when a better document moves up', () => {
    fc.assert(
      fc.property(labels, ranking, fc.nat(24), (relevant, before, seed) => {
        fc.pre(before.length > 1);
        const at = seed % (before.length - 1);
        const grade = (place: number): number => relevant.get(before[place]!) ?? 0;
        fc.pre(grade(at + 1) > grade(at));
        const after = before.with(at, before[at + 1]!).with(at + 1, before[at]!);
        const [was, is] = [measure(before, relevant), measure(after, relevant)];
        expect(is['recall@10']).toBeGreaterThanOrEqual(was['recall@10']);
        if (at < 10) expect(is['ndcg@10']).toBeGreaterThan(was['ndcg@10']);
        else expect(is['ndcg@10']).toBe(was['ndcg@10']);
        if (grade(at) === 0) expect(is['mrr@10']).toBeGreaterThanOrEqual(was['mrr@10']);
      }),
    );
  });
});

describe('means', () => {
  it('are taken measure by measure', () => {
    const one = { 'ndcg@10': 1, 'mrr@10': 0.5, 'recall@10': 0, 'recall@100': 1 };
    const other = { 'ndcg@10': 0, 'mrr@10': 0, 'recall@10': 1, 'recall@100': 1 };
    expect(meanMeasures([one, other])).toEqual({
      'ndcg@10': 0.5,
      'mrr@10': 0.25,
      'recall@10': 0.5,
      'recall@100': 1,
    });
    expect(mean([])).toBe(0);
  });
});

describe('percentile', () => {
  it('is one of the values, by nearest rank', () => {
    expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3);
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2);
    expect(
      percentile(
        Array.from({ length: 100 }, (_, at) => 100 - at),
        0.95,
      ),
    ).toBe(95);
    expect(percentile([7], 0.95)).toBe(7);
    expect(percentile([], 0.5)).toBe(0);
    expect(percentile([10, 9, 100], 1)).toBe(100);
  });

  it('has at least its share of the values at or below it, and no smaller value has', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1 }), fc.constantFrom(0.5, 0.95), (values, share) => {
        const found = percentile(values, share);
        const below = (limit: number): number => values.filter((value) => value <= limit).length;
        expect(values).toContain(found);
        expect(below(found)).toBeGreaterThanOrEqual(share * values.length - 1e-9);
        expect(below(found - 1)).toBeLessThan(share * values.length);
      }),
    );
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    percentile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });
});
