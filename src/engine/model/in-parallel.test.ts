import { expect, it } from 'vitest';
import { inParallel } from './in-parallel.js';
import type { Session } from './session.js';
import type { ModelInput } from './tokenizer.js';

/** Gives of each input its first id and its number of tokens. */
function session(seen: number[][] = []): Session & { disposed: boolean } {
  return {
    lanes: 1,
    disposed: false,
    async run(batch) {
      seen.push(batch.map(({ ids }) => ids[0]!));
      return {
        data: Float32Array.from(batch.flatMap(({ ids }) => [ids[0]!, ids.length])),
        dims: [batch.length, 2],
      };
    },
    async dispose() {
      this.disposed = true;
    },
  };
}
const input = (...ids: number[]): ModelInput => ({ ids, types: [] });

it('shares the inputs out and gives the outputs in their order', async () => {
  const [left, right]: [number[][], number[][]] = [[], []];
  const both = inParallel([session(left), session(right)]);
  expect(both.lanes).toBe(2);
  const { data, dims } = await both.run([input(1), input(2, 0), input(3), input(4, 0, 0), input(5)]);
  expect(dims).toEqual([5, 2]);
  expect([...data]).toEqual([1, 1, 2, 2, 3, 1, 4, 3, 5, 1]);
  expect([left, right]).toEqual([[[1, 3, 5]], [[2, 4]]]);
});

it('leaves out those for whom there is nothing', async () => {
  const idle: number[][] = [];
  const { data } = await inParallel([session(), session(idle)]).run([input(7)]);
  expect([...data]).toEqual([7, 1]);
  expect(idle).toEqual([]);
});

it('disposes of all', async () => {
  const sessions = [session(), session()];
  await inParallel(sessions).dispose();
  expect(sessions.map(({ disposed }) => disposed)).toEqual([true, true]);
});
