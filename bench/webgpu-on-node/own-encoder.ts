import { writeEncoderFile } from '../../src/engine/encoder/encoder-file.js';
import { openGpuEncoder } from '../../src/engine/encoder/gpu/open-gpu-encoder.js';
import { openEncoder } from '../../src/engine/encoder/open-encoder.js';
import type { EncoderSession } from '../../src/engine/encoder/start-encoder.js';
import { accelerated } from '../../src/engine/model/accelerated.js';
import type { Session } from '../../src/engine/model/session.js';
import type { ModelInput } from '../../src/engine/model/tokenizer.js';
import type { ModelDevice } from '../../src/engine/update.js';
import { accelerate } from '../../src/worker/accelerate.js';
import { openOnGpu } from '../../src/worker/open-on-gpu.js';
import type { CheckedModel } from './models.js';
import { farthest, median, rounded, type Runs, timed, type Timing } from './timing.js';

export interface OwnFigures {
  wasm: { opened: number; timing: Timing; offExamples?: number };
  webgpu: {
    /** From no adapter to shaders that are compiled and weights that are uploaded. */
    opened: number;
    timing: Timing;
    /** What of one batch is not the graphics processor's: tables before the layers, the head behind them. */
    outsideLayers: number;
    /** Activations are rounded to int8 in WebAssembly, and not here: some hundredths are in order. */
    offWasm: number;
    offExamples?: number;
  };
  /** What the product chose by itself, as its worker does some seconds after a model has opened. */
  chosen: ModelDevice;
  /** Of the graphics processor, to hold other ways against. */
  scores: number[];
}

/** The product's own encoder on WebGPU beside itself in WebAssembly. */
export async function measureOwn(
  { name, weights, pairs, examples }: CheckedModel,
  runs: Runs,
  inSoftware: boolean,
): Promise<OwnFigures> {
  const file = writeEncoderFile(weights);
  let began = performance.now();
  const first = await openEncoder(file, name);
  const openedWasm = performance.now() - began;
  const onWasm = await timed(pairs, scoring(first), runs.wasm);
  const wasmExamples = await offExamples(first, examples);

  began = performance.now();
  const gpu = inSoftware ? await openInSoftware(first) : await openOnGpu(first);
  if (typeof gpu === 'string') throw new Error(`openOnGpu: ${gpu}`);
  const opened = performance.now() - began;
  const onGpu = await timed(pairs, scoring(gpu), runs.gpu);
  const gpuExamples = await offExamples(gpu, examples);
  await gpu.dispose();
  const outside = await median(runs.wasm, () => outsideLayers(first, pairs));
  const chosen = inSoftware ? await offeredInSoftware(first) : await chosenDevice(first, name);

  return {
    wasm: { opened: rounded(openedWasm), timing: onWasm.timing, ...wasmExamples },
    webgpu: {
      opened: rounded(opened),
      timing: onGpu.timing,
      outsideLayers: outside,
      offWasm: farthest(onGpu.scores, onWasm.scores),
      ...gpuExamples,
    },
    chosen,
    scores: onGpu.scores,
  };
}

const scoring =
  (session: Session) =>
  async (batch: readonly ModelInput[]): Promise<Float32Array> =>
    (await session.run(batch)).data;

/** The product leaves software alone; for trying this check where there is no graphics processor. */
async function openInSoftware({ encoder }: EncoderSession): Promise<Session> {
  const adapter = await navigator.gpu.requestAdapter();
  return openGpuEncoder(encoder, await adapter!.requestDevice());
}

async function offExamples(
  session: Session,
  examples: CheckedModel['examples'],
): Promise<{ offExamples?: number }> {
  if (examples.length === 0) return {};
  const { data } = await session.run(examples.map(({ input }) => input));
  return {
    offExamples: farthest(
      data,
      examples.map(({ logit }) => logit),
    ),
  };
}

function outsideLayers({ encoder }: EncoderSession, pairs: readonly ModelInput[]): void {
  for (const pair of pairs) encoder.end(encoder.begin(pair));
}

/** As if it were a graphics processor: the reason is the time that it takes, or its results are wrong. */
async function offeredInSoftware(first: EncoderSession): Promise<ModelDevice> {
  const { offer } = accelerated(first, first.encoder.shape.vocabulary, () => undefined);
  const reason = await offer(await openInSoftware(first));
  return reason === undefined ? { kind: 'webgpu', lanes: 4, reason: '' } : { kind: 'wasm', lanes: 1, reason };
}

async function chosenDevice(first: EncoderSession, name: string): Promise<ModelDevice> {
  let session: Session | undefined;
  const device = await new Promise<ModelDevice>((onDevice) => {
    session = accelerate(first, name, onDevice);
  });
  await session?.dispose();
  return device;
}
