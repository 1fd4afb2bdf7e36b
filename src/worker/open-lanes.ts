import * as Comlink from 'comlink';
import type { EncoderSession } from '../engine/encoder/start-encoder.js';
import { inParallel } from '../engine/model/in-parallel.js';
import type { Session } from '../engine/model/session.js';
import type { LaneApi } from './lane.js';

/**
 * Readers beside the first one, each a worker of this worker with weights of its own: pages need no headers for that, as
 * threads do. Half of the cores read at most, the page and the browser have the others.
 * @returns why there are none, where there are none
 */
export async function openLanes(first: EncoderSession, name: string): Promise<Session | string> {
  const cores = navigator.hardwareConcurrency ?? 1;
  const { deviceMemory = 8 } = navigator as { deviceMemory?: number };
  // As many as a batch has passages, or half of that.
  const lanes = cores >= 8 ? 4 : cores >= 4 ? 2 : 1;
  if (lanes === 1) return `${cores} processor cores are too few to read on several`;
  if (deviceMemory < 4) return `${deviceMemory} GB of memory are too little for weights twice`;
  const opening = Array.from({ length: lanes - 1 }, () => openLane(first, name));
  const others = await Promise.all(opening).catch((error: unknown) => {
    // Where one does not start, none is used.
    for (const lane of opening) void lane.then((opened) => opened.dispose()).catch(() => undefined);
    throw error;
  });
  return {
    ...inParallel([first, ...others]),
    // The first one goes on.
    async dispose() {
      for (const lane of others) await lane.dispose();
    },
  };
}

/** @throws where the worker does not start, or is refused */
export async function openLane({ encoder }: EncoderSession, name: string): Promise<Session> {
  const worker = new Worker(new URL('./lane.ts', import.meta.url), {
    type: 'module',
    name: 'second-look lane',
  });
  const failed = new Promise<never>((_, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message || 'its script could not be loaded'));
  });
  // Where nothing runs, nobody waits for it.
  failed.catch(() => undefined);
  const api = Comlink.wrap<LaneApi>(worker);
  const { started, shape, layout } = encoder;
  const parts = new Uint8Array(started.memory.buffer, 0, layout.bytes).slice();
  try {
    await Promise.race([api.open(shape, Comlink.transfer(parts, [parts.buffer]), name), failed]);
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return {
    lanes: 1,
    run: (batch) => Promise.race([api.run(batch), failed]),
    async dispose() {
      worker.terminate();
    },
  };
}
