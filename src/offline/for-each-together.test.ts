import { describe, expect, it } from 'vitest';
import { forEachTogether } from './for-each-together.js';

const ITEMS = Array.from({ length: 100 }, (_, at) => at);
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('forEachTogether', () => {
  it('does the work of each item once, a few at a time', async () => {
    const done: number[] = [];
    let atWork = 0;
    let most = 0;
    await forEachTogether(ITEMS, async (item) => {
      most = Math.max(most, ++atWork);
      await turn();
      atWork--;
      done.push(item);
    });
    expect(done.sort((left, right) => left - right)).toEqual(ITEMS);
    expect(most).toBe(6);
  });

  it('stops with the first failure, once all that was at work has ended', async () => {
    let atWork = 0;
    let begun = 0;
    const work = async (item: number, stop: AbortSignal): Promise<void> => {
      begun++;
      atWork++;
      await turn();
      await turn();
      atWork--;
      stop.throwIfAborted();
      if (item === 7) throw new Error('The seventh fails.');
    };
    await expect(forEachTogether(ITEMS, work)).rejects.toThrow('The seventh fails.');
    expect(atWork).toBe(0);
    expect(begun).toBeLessThan(20);
  });

  it('stops where it is told to, before the first item too', async () => {
    const controller = new AbortController();
    controller.abort(new Error('The visitor has left.'));
    let begun = 0;
    const work = async (): Promise<void> => {
      begun++;
    };
    await expect(forEachTogether(ITEMS, work, controller.signal)).rejects.toThrow('The visitor has left.');
    expect(begun).toBe(0);
  });
});
