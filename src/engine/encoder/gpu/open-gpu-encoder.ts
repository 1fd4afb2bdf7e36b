import { oneAtATime } from '../../model/one-at-a-time.js';
import { joined, type Output, type Session } from '../../model/session.js';
import type { ModelInput } from '../../model/tokenizer.js';
import type { EncoderRun } from '../encoder-run.js';
import { createGpuLayers, type GpuLayers } from './gpu-layers.js';

/** Texts that are run at a time: as many as the second look reads between two updates. */
const LANES = 4;

/**
 * Runs an encoder's layers on a graphics processor; what is before and behind them stays in WebAssembly. Texts of a batch
 * run at once, one behind the other, without padding.
 * @param encoder the encoder in WebAssembly; nobody else may use it meanwhile
 * @param device is destroyed with the session
 * @throws where the device cannot do it
 */
export async function openGpuEncoder(encoder: EncoderRun, device: GPUDevice): Promise<Session> {
  const { started, shape, layout } = encoder;
  const parts = new Uint8Array(started.memory.buffer, 0, layout.bytes);
  const layers = await createGpuLayers(device, parts, shape, layout);
  const lost = device.lost.then(({ message }): never => {
    throw new Error(`the graphics processor was lost: ${message}`);
  });
  // It is waited for where something runs.
  lost.catch(() => undefined);
  const inTurn = oneAtATime();
  return {
    lanes: LANES,
    run: (batch) => inTurn(() => Promise.race([runAll(encoder, layers, batch), lost])),
    async dispose() {
      layers.dispose();
      device.destroy();
    },
  };
}

async function runAll(encoder: EncoderRun, layers: GpuLayers, batch: readonly ModelInput[]): Promise<Output> {
  const rows: Float32Array[] = [];
  for (let at = 0; at < batch.length;) {
    const some = fitting(batch.slice(at), layers.rows);
    rows.push(...(await runAtOnce(encoder, layers, some)));
    at += some.length;
  }
  return joined(rows);
}

/** The first inputs, as many as there is room for. */
function fitting(inputs: readonly ModelInput[], rows: number): readonly ModelInput[] {
  let tokens = 0;
  const end = inputs.findIndex(({ ids }) => (tokens += ids.length) > rows);
  if (end === 0)
    throw new Error(`a text of ${tokens} tokens is longer than the ${rows} that there is room for`);
  return end < 0 ? inputs : inputs.slice(0, end);
}

async function runAtOnce(
  encoder: EncoderRun,
  layers: GpuLayers,
  batch: readonly ModelInput[],
): Promise<Float32Array[]> {
  const begun = batch.map((input) => encoder.begin(input));
  const hidden = new Float32Array(begun.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const vectors of begun) hidden.set(vectors, (at += vectors.length) - vectors.length);
  const lengths = batch.map(({ ids }) => ids.length);
  const ended = await layers.run(hidden, lengths);
  at = 0;
  return begun.map(({ length }) => encoder.end(ended.subarray(at, (at += length))));
}
