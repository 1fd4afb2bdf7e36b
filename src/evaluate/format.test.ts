import { describe, expect, it } from 'vitest';
import type { Comparison } from './evaluation.js';
import { countOf, milliseconds, place, share, signedShare, verdictOf } from './format.js';

describe('verdictOf', () => {
  const compared = (low: number, high: number, queries = 50): Comparison => ({
    from: 'hybrid',
    to: 'reranked',
    difference: { mean: (low + high) / 2, low, high },
    ...{ gained: queries - 2, lost: 1, same: 1 },
  });

  it('is sure only where the interval leaves out 0', () => {
    expect(verdictOf(compared(0.01, 0.05))).toBe('pays');
    expect(verdictOf(compared(-0.05, -0.01))).toBe('costs');
    expect(verdictOf(compared(-0.01, 0.05))).toBe('open');
    expect(verdictOf(compared(0, 0.05))).toBe('open');
    expect(verdictOf(compared(-0.05, 0))).toBe('open');
  });

  it('is never sure of fewer than 20 queries', () => {
    expect(verdictOf(compared(0.2, 0.5, 19))).toBe('open');
    expect(verdictOf(compared(-0.5, -0.2, 19))).toBe('open');
    expect(verdictOf(compared(0.2, 0.5, 20))).toBe('pays');
  });
});

describe('figures', () => {
  it('have three digits, and a sign where they are differences', () => {
    expect([share(0.6812), share(1), share(0)]).toEqual(['.681', '1.000', '.000']);
    expect([signedShare(0.0214), signedShare(-0.5), signedShare(0)]).toEqual(['+.021', '−.500', '+.000']);
  });

  it('count one thing as one, and thousands with a comma', () => {
    const queries = [0, 1, 2, 1234].map((number) => countOf(number, 'query', 'queries'));
    expect(queries).toEqual(['0 queries', '1 query', '2 queries', '1,234 queries']);
  });

  it('are milliseconds with a digit where it matters, and a dash for no rank', () => {
    expect([milliseconds(8.34), milliseconds(139.6)]).toEqual(['8.3 ms', '140 ms']);
    expect([place(3), place(undefined)]).toEqual(['3', '–']);
  });
});
