import { median } from './timing.js';

const [MAP_READ, COPY_SRC, COPY_DST] = [0x1, 0x4, 0x8];
const READ = 0x1;
const BYTES = 16;

/** Milliseconds from handing in next to nothing until it is back: no run takes less. */
export async function roundTrip(runs: number): Promise<number> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  const device = await adapter!.requestDevice();
  const from = device.createBuffer({ size: BYTES, usage: COPY_SRC });
  const to = device.createBuffer({ size: BYTES, usage: MAP_READ | COPY_DST });
  const took = await median(runs, async () => {
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(from, 0, to, 0, BYTES);
    device.queue.submit([encoder.finish()]);
    await to.mapAsync(READ);
    to.unmap();
  });
  device.destroy();
  return took;
}
