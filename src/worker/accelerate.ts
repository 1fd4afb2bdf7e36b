import type { EncoderSession } from '../engine/encoder/start-encoder.js';
import { messageOf } from '../engine/errors.js';
import { accelerated } from '../engine/model/accelerated.js';
import type { Session } from '../engine/model/session.js';
import type { ModelDevice } from '../engine/update.js';
import { openLanes } from './open-lanes.js';
import { openOnGpu } from './open-on-gpu.js';

/** What is better is looked for so long after a model has opened, in ms: the first answers do not wait for it. */
const LATER = 1500;

/**
 * Runs an encoder on one WebAssembly thread at once, and soon on whatever this device runs it on faster: its graphics
 * processor, else several workers. Each is tried, and taken only where it gives the same results sooner; where it fails
 * later on, the one thread goes on.
 * @param onDevice told what the model runs on, and why on nothing better
 */
export function accelerate(
  first: EncoderSession,
  name: string,
  onDevice: (device: ModelDevice) => void,
): Session {
  let device: ModelDevice | undefined;
  const tell = (chosen: ModelDevice): void => {
    device = chosen;
    onDevice(chosen);
  };
  const oneThread = (reason: string): void => tell({ kind: 'wasm', lanes: 1, reason });
  const { session, offer } = accelerated(first, first.encoder.shape.vocabulary, (error) =>
    oneThread(messageOf(error)),
  );
  let disposed = false;
  const improve = async (): Promise<void> => {
    const reasons: string[] = [];
    for (const [kind, open] of [
      ['webgpu', openOnGpu],
      ['wasm', openLanes],
    ] as const) {
      if (disposed) return;
      const better = await open(first, name).catch(messageOf);
      const refused = typeof better === 'string' ? better : await offer(better);
      if (disposed) {
        await session.dispose();
        return;
      }
      if (refused === undefined) {
        tell({ kind, lanes: session.lanes, reason: reasons.join('; ') });
        return;
      }
      reasons.push(refused);
    }
    oneThread(reasons.join('; '));
  };
  const timer = setTimeout(() => void improve(), LATER);
  return {
    get lanes() {
      return session.lanes;
    },
    get device() {
      return device;
    },
    run: (batch, signal) => session.run(batch, signal),
    async dispose() {
      disposed = true;
      clearTimeout(timer);
      await session.dispose();
    },
  };
}
