import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { typingPause } from './typing-pause.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How long a query's second look waits that comes so many ms after the one before, and is asked so long after it began. */
async function wait(apart: number, later = 0): Promise<number> {
  const pause = typingPause();
  pause.begin();
  await vi.advanceTimersByTimeAsync(apart);
  const paused = pause.begin();
  await vi.advanceTimersByTimeAsync(later);
  const asked = performance.now();
  const waited = paused().then(() => performance.now() - asked);
  await vi.runAllTimersAsync();
  return waited;
}

it('lets a pause pass between the keys of somebody who types', async () => {
  expect(await wait(80)).toBe(120);
  expect(await wait(299)).toBe(120);
});

it('counts from the key, so that a first look that takes its time costs nothing', async () => {
  expect(await wait(80, 50)).toBe(70);
  expect(await wait(80, 130)).toBe(0);
});

it('does not hold up a query that comes by itself', async () => {
  expect(await wait(300)).toBe(0);
  await expect(typingPause().begin()()).resolves.toBeUndefined();
});
