import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scale, ticks } from './axis.js';

describe('scale', () => {
  it('maps ends to ends and the middle to the middle, downwards too', () => {
    const x = scale([0, 40], [100, 300]);
    expect([x(0), x(20), x(40)]).toEqual([100, 200, 300]);
    expect(scale([-1, 1], [200, 0])(0.5)).toBe(50);
  });

  it('maps a range without extent to its start', () => {
    expect(scale([5, 5], [10, 20])(5)).toBe(10);
  });
});

describe('ticks', () => {
  it('are round', () => {
    expect(ticks([0, 1], 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticks([0, 0.3], 3)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(ticks([0, 40], 5)).toEqual([0, 10, 20, 30, 40]);
    expect(ticks([0.617, 0.713], 4)).toEqual([0.65, 0.7]);
    expect(ticks([3, 3], 4)).toEqual([3]);
  });

  it('lie in the range, an even step apart, about as many as asked for', () => {
    const ends = fc.tuple(
      fc.double({ min: -1000, max: 1000, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e5, noNaN: true }),
    );
    fc.assert(
      fc.property(ends, fc.integer({ min: 3, max: 8 }), ([low, range], count) => {
        const found = ticks([low, low + range], count);
        expect(found.length).toBeGreaterThanOrEqual(1);
        expect(found.length).toBeLessThanOrEqual(count + 1);
        expect(Math.min(...found)).toBeGreaterThanOrEqual(low - range * 1e-6);
        expect(Math.max(...found)).toBeLessThanOrEqual(low + range * (1 + 1e-6));
        found.slice(2).forEach((tick, at) => {
          expect(Math.abs(tick - 2 * found[at + 1]! + found[at]!)).toBeLessThan(range * 1e-6);
        });
      }),
    );
  });
});
