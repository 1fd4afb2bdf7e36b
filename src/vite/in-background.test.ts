import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BackgroundWork, inBackground } from './in-background.js';

describe('inBackground', () => {
  let work: BackgroundWork;
  let begun: number;
  let atWork: number;
  beforeEach(() => {
    vi.useFakeTimers();
    begun = 0;
    atWork = 0;
    work = inBackground(async () => {
      begun++;
      expect(++atWork).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      atWork--;
    }, 100);
  });
  afterEach(() => vi.useRealTimers());

  it('begins once nobody has asked for a while', async () => {
    for (let at = 0; at < 5; at++) {
      work.ask();
      await vi.advanceTimersByTimeAsync(90);
    }
    expect(begun).toBe(0);
    await vi.advanceTimersByTimeAsync(10);
    expect(begun).toBe(1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(begun).toBe(1);
  });

  it('does it again, and once, where it was asked for while at work', async () => {
    work.ask();
    await vi.advanceTimersByTimeAsync(200);
    work.ask();
    await vi.advanceTimersByTimeAsync(200);
    work.ask();
    await vi.advanceTimersByTimeAsync(5000);
    expect(begun).toBe(2);
  });

  it('is settled when all that was asked is done', async () => {
    await work.settled();
    work.ask();
    let settled = false;
    void work.settled().then(() => (settled = true));
    await vi.advanceTimersByTimeAsync(1050);
    // In the last moment, so that its pause outlasts the work.
    work.ask();
    await vi.advanceTimersByTimeAsync(100);
    expect([settled, begun]).toEqual([false, 2]);
    await vi.advanceTimersByTimeAsync(1100);
    expect(settled).toBe(true);
  });

  it('stops: what waits is not begun, and what is at work has ended', async () => {
    work.ask();
    await vi.advanceTimersByTimeAsync(150);
    work.ask();
    const stopped = work.stop();
    await vi.advanceTimersByTimeAsync(3000);
    await stopped;
    expect([begun, atWork]).toEqual([1, 0]);
    await work.settled();
  });
});
