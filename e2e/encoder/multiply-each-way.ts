import { RELAXED, SIMD } from '../../src/engine/encoder/kernel-bytes/encoder.js';
import type { EncoderKernel } from '../../src/engine/encoder/encoder-run.js';
import { startKernel } from '../../src/engine/start-kernel.js';
import { random as randomNumbers } from '../../src/evaluate/random.js';

declare global {
  /** Multiplies the same rows by the same weights in every way there is; undefined where there is no relaxed SIMD. */
  var multiplyEachWay: (rows: number, inner: number, columns: number) => Promise<number[][] | undefined>;
}

globalThis.multiplyEachWay = async (rows, inner, columns) => {
  const ways = [
    [SIMD, 0],
    [RELAXED, 0],
    [RELAXED, 1],
  ] as const;
  const results: number[][] = [];
  for (const [binary, inPairs] of ways) {
    const started = await startKernel<EncoderKernel>([binary], 1 << 22);
    if (!started) return undefined;
    const { kernel, memory } = started;
    let end = 0;
    const take = (bytes: number): number => (end = Math.ceil(end / 16) * 16 + bytes) - bytes;
    const random = randomNumbers(1);
    const filled = 6 * Math.ceil(rows / 6);
    const floats = (count: number, scale: number): number => {
      const at = take(4 * count);
      new Float32Array(memory.buffer, at, count).forEach((_, i, all) => (all[i] = scale * (random() - 0.5)));
      return at;
    };
    const from = floats(rows * inner, 8);
    const [factors, bias] = [floats(columns, 0.01), floats(columns, 1)];
    const weights = take(inner * columns);
    // The largest there are stand side by side in the first row and column: their sums must not run over.
    new Float32Array(memory.buffer, from, inner).fill(4);
    new Int8Array(memory.buffer, weights, inner * columns).forEach(
      (_, i, all) => (all[i] = i % 32 < 4 ? -128 : 256 * random() - 128),
    );
    const sums = take(4 * columns);
    new Int32Array(memory.buffer, sums, columns).forEach((_, i, all) => (all[i] = 1000 * random() - 500));
    const [tiles, scales, out] = [take(filled * inner), take(8 * filled), take(4 * filled * columns)];
    kernel.quantise(from, rows, inner, tiles, scales);
    kernel.linear(tiles, scales, rows, inner, weights, sums, factors, bias, columns, out, inPairs);
    results.push(Array.from(new Float32Array(memory.buffer, out, rows * columns)));
  }
  return results;
};
