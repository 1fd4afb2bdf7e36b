import { SearchError } from '../errors.js';
import { oneAtATime } from '../model/one-at-a-time.js';
import { joined, type Session } from '../model/session.js';
import type { ModelInput } from '../model/tokenizer.js';
import { startKernel } from '../start-kernel.js';
import type { EncoderFile } from './encoder-file.js';
import type { EncoderShape } from './encoder-shape.js';
import { EncoderRun, type EncoderKernel } from './encoder-run.js';
import { RELAXED, SIMD } from './kernel-bytes/encoder.js';

/** An encoder in WebAssembly. */
export interface EncoderSession extends Session {
  /** What it runs; other devices start from its parts. One caller at a time, beside `run` too. */
  readonly encoder: EncoderRun;
}

/**
 * Starts an encoder whose file is open: a few kilobytes of WebAssembly run it, and all that it needs are its parts. Texts
 * run one by one, at their true length: what a text becomes does not depend on those beside it.
 * @throws SearchError `model-failed` where there is no WebAssembly with SIMD, or not so much memory
 */
export async function startEncoder(
  { shape, layout, parts }: EncoderFile,
  name: string,
): Promise<EncoderSession> {
  const started = await startKernel<EncoderKernel>([RELAXED, SIMD], parts.length);
  if (!started)
    throw new SearchError(
      'model-failed',
      `${name} could not be started: it needs WebAssembly with SIMD and ${Math.ceil(parts.length / 1e6)} MB of memory.`,
    );
  new Uint8Array(started.memory.buffer).set(parts);
  const encoder = new EncoderRun(started, shape, layout);
  const inTurn = oneAtATime();
  return {
    lanes: 1,
    encoder,
    async run(batch, signal) {
      for (const input of batch) check(input, shape, name);
      return joined(await Promise.all(batch.map((input) => inTurn(() => encoder.of(input, signal)))));
    },
    dispose: async () => undefined,
  };
}

function check({ ids, types }: ModelInput, shape: EncoderShape, name: string): void {
  const largest = ids.reduce((most, id) => Math.max(most, id), 0);
  const fault =
    ids.length === 0
      ? 'no tokens'
      : ids.length > shape.positions
        ? `${ids.length} tokens; it reads ${shape.positions} at most`
        : largest >= shape.vocabulary
          ? `the token ${largest}; its vocabulary has ${shape.vocabulary}: the tokenizer is another model's`
          : types.some((type) => type >= shape.types)
            ? `tokens of more than ${shape.types} types`
            : undefined;
  if (fault !== undefined) throw new SearchError('model-failed', `${name} was given ${fault}.`);
}
