import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverBlocks } from './cover-blocks.js';

const limits = fc.record({
  ranges: fc.integer({ min: 1, max: 8 }),
  blocks: fc.integer({ min: 1, max: 60 }),
  gap: fc.nat(5),
});
const blocks = fc.uniqueArray(fc.nat(200), { maxLength: 40 });
const contains = (ranges: ReturnType<typeof coverBlocks>, block: number): boolean =>
  ranges.some(({ first, end }) => first <= block && block < end);

describe('coverBlocks', () => {
  it('stays within its limits, and reads no block twice', () => {
    fc.assert(
      fc.property(blocks, limits, (wanted, most) => {
        const ranges = coverBlocks(wanted, most);
        expect(ranges.length).toBeLessThanOrEqual(most.ranges);
        expect(ranges.reduce((sum, { first, end }) => sum + end - first, 0)).toBeLessThanOrEqual(most.blocks);
        ranges.slice(1).forEach(({ first }, at) => expect(first - ranges[at]!.end).toBeGreaterThan(most.gap));
      }),
    );
  });

  it('begins and ends each range with a block that is wanted', () => {
    fc.assert(
      fc.property(blocks, limits, (wanted, most) => {
        for (const { first, end } of coverBlocks(wanted, most)) {
          expect(wanted).toContain(first);
          expect(wanted).toContain(end - 1);
        }
      }),
    );
  });

  it('has every block where the limits allow it, and the most wanted in any case', () => {
    fc.assert(
      fc.property(blocks, limits, (wanted, most) => {
        for (const block of wanted)
          expect(contains(coverBlocks(wanted, { ranges: 40, blocks: 201, gap: most.gap }), block)).toBe(true);
        if (wanted.length > 0) expect(contains(coverBlocks(wanted, most), wanted[0]!)).toBe(true);
      }),
    );
  });

  it('leaves out the less wanted, but not those that come along', () => {
    expect(coverBlocks([10, 50, 90, 11, 49], { ranges: 2, blocks: 10, gap: 1 })).toEqual([
      { first: 10, end: 12 },
      { first: 49, end: 51 },
    ]);
  });
});
