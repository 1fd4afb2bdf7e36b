import { createRequire } from 'node:module';
import { resolve } from 'node:path';

/** Dawn for Node: dist/linux-x64/dawn.node of the npm package `webgpu`. */
interface Dawn {
  create: (options: readonly string[]) => GPU;
  globals: Record<string, unknown>;
}

/** Gives Node the `navigator.gpu` that browsers have. */
export function startWebGpu(file: string, options: readonly string[]): void {
  const { create, globals } = createRequire(import.meta.url)(resolve(file)) as Dawn;
  Object.assign(globalThis, globals);
  // From Node 21 on there is a navigator, which can only be replaced.
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: create(options) }, configurable: true });
  copySharedMemory();
}

/** ONNX Runtime writes buffers from its shared memory, which Dawn for Node refuses and browsers do not. */
function copySharedMemory(): void {
  const { prototype } = (globalThis as unknown as { GPUQueue: { prototype: GPUQueue } }).GPUQueue;
  const write = Reflect.get(prototype, 'writeBuffer') as (this: GPUQueue, ...of: unknown[]) => undefined;
  prototype.writeBuffer = function (
    this: GPUQueue,
    buffer: GPUBuffer,
    to: number,
    data: ArrayBuffer | ArrayBufferView,
    ...range: number[]
  ) {
    const shared = ArrayBuffer.isView(data) && data.buffer instanceof SharedArrayBuffer;
    write.call(this, buffer, to, shared ? (data as Uint8Array).slice() : data, ...range);
  };
}
