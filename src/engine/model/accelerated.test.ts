import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accelerated } from './accelerated.js';
import type { Session } from './session.js';

/** A session that takes so many ms a text, and says the same of every one. */
function session(ms: number, value = 1, lanes = 1): Session & { runs: number; disposed: boolean } {
  return {
    lanes,
    runs: 0,
    disposed: false,
    async run(batch) {
      this.runs++;
      vi.advanceTimersByTime(ms * batch.length);
      return { data: new Float32Array(batch.length).fill(value), dims: [batch.length, 1] };
    },
    async dispose() {
      this.disposed = true;
    },
  };
}
const INPUT = { ids: [1, 2], types: [0, 0] };

describe('accelerated', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('hands over to what gives the same sooner', async () => {
    const [first, better] = [session(10), session(2, 1.01, 4)];
    const { session: both, offer } = accelerated(first, 100, () => undefined);
    expect(both.lanes).toBe(1);
    expect(await offer(better)).toBeUndefined();
    expect(both.lanes).toBe(4);
    const before = first.runs;
    expect((await both.run([INPUT])).data[0]).toBeCloseTo(1.01);
    expect(first.runs).toBe(before);
  });

  it.each([
    ['is no faster', session(9), /it takes 0\.90 times as long/],
    ['gives something else', session(2, 1.4), /its results are off by 0\.40/],
    ['gives no numbers', session(2, NaN), /off by NaN/],
    [
      'fails',
      { ...session(1), run: () => Promise.reject(new Error('The device is gone.')) },
      /^The device is gone/,
    ],
  ])('stays where it is, and lets go of what %s', async (_, other, reason) => {
    const dispose = vi.spyOn(other, 'dispose');
    const { session: both, offer } = accelerated(session(10), 100, () => undefined);
    expect(await offer(other)).toMatch(reason);
    expect(dispose).toHaveBeenCalledOnce();
    expect((await both.run([INPUT])).data[0]).toBe(1);
  });

  it('goes back, with the text that it had, to the first where the other fails later', async () => {
    const reasons: unknown[] = [];
    const better = session(2, 1.01, 4);
    const { session: both, offer } = accelerated(session(10), 100, (reason) => reasons.push(reason));
    await offer(better);
    better.run = () => Promise.reject(new Error('The device is lost.'));
    expect((await both.run([INPUT])).data[0]).toBe(1);
    expect(reasons).toEqual([new Error('The device is lost.')]);
    expect(better.disposed).toBe(true);
    expect(both.lanes).toBe(1);
  });

  it('does not take a run that was ended for a failure', async () => {
    const better = session(2, 1, 4);
    const { session: both, offer } = accelerated(session(10), 100, () => undefined);
    await offer(better);
    const controller = new AbortController();
    better.run = async () => {
      controller.abort(new Error('a newer query'));
      throw controller.signal.reason;
    };
    await expect(both.run([INPUT], controller.signal)).rejects.toThrow('a newer query');
    expect(both.lanes).toBe(4);
  });

  it('lets go of both', async () => {
    const [first, better] = [session(10), session(2)];
    const { session: both, offer } = accelerated(first, 100, () => undefined);
    await offer(better);
    await both.dispose();
    expect([first.disposed, better.disposed]).toEqual([true, true]);
  });
});
