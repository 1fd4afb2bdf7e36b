import { percentile } from '../../src/evaluate/measures.js';

export type Score<Input> = (batch: readonly Input[]) => Promise<ArrayLike<number>>;

/** Milliseconds, for all inputs but where it says otherwise. */
export interface Timing {
  /** The very first run, in which shaders compile that nothing has compiled before. */
  first: number;
  oneBatch: number;
  batchesOfFour: number;
  /** One batch of four alone: what a visitor waits for the first new order. */
  four: number;
  runs: number;
}

/** Runs of everything: on the graphics processor, and on one thread of WebAssembly. */
export interface Runs {
  gpu: number;
  wasm: number;
}

const FOUR = 4;

/** Scores inputs in one batch and in batches of four; medians of so many runs. */
export async function timed<Input>(
  inputs: readonly Input[],
  score: Score<Input>,
  runs: number,
): Promise<{ timing: Timing; scores: number[] }> {
  const allAtOnce = async (): Promise<number[]> => Array.from(await score(inputs));
  const began = performance.now();
  const scores = await allAtOnce();
  const first = performance.now() - began;
  const four = (): Promise<unknown> => score(inputs.slice(0, FOUR));
  // Its sizes are new too.
  await four();
  const timing = {
    first: rounded(first),
    oneBatch: await median(runs, allAtOnce),
    batchesOfFour: await median(runs, async () => {
      for (let at = 0; at < inputs.length; at += FOUR) await score(inputs.slice(at, at + FOUR));
    }),
    four: await median(runs, four),
    runs,
  };
  return { timing, scores };
}

export async function median(runs: number, run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < runs; at++) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  return rounded(percentile(times, 0.5));
}

/** To a hundredth. */
export function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}

/** The largest difference; not a number where anything is none. */
export function farthest(left: ArrayLike<number>, right: ArrayLike<number>): number {
  return Math.max(...Array.from(left, (value, at) => Math.abs(value - (right[at] ?? NaN))));
}
