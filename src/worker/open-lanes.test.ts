import * as Comlink from 'comlink';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EncoderSession } from '../engine/encoder/start-encoder.js';
import { openLanes } from './open-lanes.js';

/** Workers as they were started. */
let workers: LaneWorker[];
/** What the worker of this number does as it opens. */
let open: (at: number) => Promise<void>;

class LaneWorker {
  readonly #channel = new MessageChannel();
  isRunning = true;

  constructor() {
    const at = workers.push(this) - 1;
    Comlink.expose({ open: () => open(at) }, this.#channel.port1);
    this.#channel.port2.start();
  }
  postMessage(message: unknown, transfer: ArrayBuffer[]): void {
    this.#channel.port2.postMessage(message, transfer);
  }
  addEventListener(type: 'message', listener: () => void): void {
    this.#channel.port2.addEventListener(type, listener);
  }
  removeEventListener(type: 'message', listener: () => void): void {
    this.#channel.port2.removeEventListener(type, listener);
  }
  terminate(): void {
    this.isRunning = false;
    this.#channel.port2.close();
  }
}

const encoder = { started: { memory: { buffer: new ArrayBuffer(8) } }, shape: {}, layout: { bytes: 8 } };
const first = { lanes: 1, encoder } as unknown as EncoderSession;

beforeEach(() => {
  workers = [];
  vi.stubGlobal('Worker', LaneWorker);
  vi.stubGlobal('navigator', { hardwareConcurrency: 8 });
});
afterEach(() => {
  for (const worker of workers) worker.terminate();
  vi.unstubAllGlobals();
});

it('reads on half of the cores, and leaves no worker when it is disposed of', async () => {
  open = () => Promise.resolve();
  const lanes = await openLanes(first, 'reranker');
  if (typeof lanes === 'string') throw new Error(lanes);
  expect([lanes.lanes, workers.length]).toEqual([4, 3]);
  await lanes.dispose();
  expect(workers.filter(({ isRunning }) => isRunning)).toEqual([]);
});

it('leaves no worker where one of them does not start', async () => {
  open = async (at) => {
    if (at === 1) throw new Error('out of memory');
    await new Promise((resolve) => setTimeout(resolve, 10));
  };
  await expect(openLanes(first, 'reranker')).rejects.toThrow('out of memory');
  await vi.waitFor(() => expect(workers.filter(({ isRunning }) => isRunning)).toEqual([]));
  expect(workers).toHaveLength(3);
});
