import { expect, it } from 'vitest';
import { isFaster } from './is-faster.js';

/** A clock that ways of a known length move on. */
function clock(step: number): { now: () => number; way: (...lengths: number[]) => () => void } {
  let time = 0;
  return {
    now: () => Math.floor(time / step) * step,
    way: (...lengths) => {
      let call = 0;
      return () => (time += lengths[Math.min(call++, lengths.length - 1)]!);
    },
  };
}

it('tells the faster of two ways, on a clock as coarse as a browser may have', () => {
  for (const step of [0.001, 0.1, 1]) {
    const { now, way } = clock(step);
    expect(isFaster(way(0.07), way(0.15), now), `${step} ms`).toBe(true);
    expect(isFaster(way(0.15), way(0.07), now), `${step} ms`).toBe(false);
  }
});

it('forgets how slow a way was at first', () => {
  const { now, way } = clock(0.1);
  expect(isFaster(way(5, 5, 5, 0.1), way(0.2), now)).toBe(true);
});

it('ends where the clock stands still, and prefers neither', () => {
  expect(
    isFaster(
      () => undefined,
      () => undefined,
      () => 0,
    ),
  ).toBe(false);
});
