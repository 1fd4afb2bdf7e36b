import { writeEncoderFile } from '../../src/engine/encoder/encoder-file.js';
import type { EncoderShape } from '../../src/engine/encoder/encoder-shape.js';
import { openGpuEncoder } from '../../src/engine/encoder/gpu/open-gpu-encoder.js';
import { openEncoder } from '../../src/engine/encoder/open-encoder.js';
import { plainEncoder, randomInput, randomWeights } from '../../src/testing/plain-encoder.js';

declare global {
  /** Runs a random encoder on the graphics processor and in plain JavaScript; undefined where there is no WebGPU. */
  var runOnGpu: (
    shape: EncoderShape,
    lengths: readonly number[],
  ) => Promise<{ gpu: number[][]; plain: number[][] } | undefined>;
  /** What a run says when the device is lost on the way. */
  var loseGpu: (shape: EncoderShape) => Promise<string | undefined>;
}

const device = async (): Promise<GPUDevice | undefined> =>
  (await navigator.gpu?.requestAdapter())?.requestDevice();

globalThis.runOnGpu = async (shape, lengths) => {
  const gpu = await device();
  if (!gpu) return undefined;
  const weights = randomWeights(shape, 1);
  const { encoder } = await openEncoder(writeEncoderFile(weights), 'test');
  const session = await openGpuEncoder(encoder, gpu);
  const inputs = lengths.map((length, seed) => randomInput(shape, length, seed));
  const { data, dims } = await session.run(inputs);
  // Once more: nothing of the last run may be left.
  const again = await session.run(inputs.slice(0, 1));
  const [, width = 0] = dims;
  const rows = inputs.map((_, row) => Array.from(data.subarray(row * width, (row + 1) * width)));
  rows.push(Array.from(again.data));
  await session.dispose();
  return { gpu: rows, plain: [...inputs, inputs[0]!].map((input) => plainEncoder(weights, input)) };
};

globalThis.loseGpu = async (shape) => {
  const gpu = await device();
  if (!gpu) return undefined;
  const { encoder } = await openEncoder(writeEncoderFile(randomWeights(shape, 1)), 'test');
  const session = await openGpuEncoder(encoder, gpu);
  gpu.destroy();
  return session.run([randomInput(shape, 5, 1)]).then(
    () => 'answered',
    (error: unknown) => String(error),
  );
};
