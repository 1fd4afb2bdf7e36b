import type { EncoderSession } from '../engine/encoder/start-encoder.js';
import type { Session } from '../engine/model/session.js';

/** The encoder on this device's graphics processor; or why not. Its code is fetched where there is one. */
export async function openOnGpu({ encoder }: EncoderSession): Promise<Session | string> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return 'there is no WebGPU';
  // Software that acts as a graphics processor takes many times as long as WebAssembly.
  if (adapter.info.isFallbackAdapter) return 'WebGPU is in software alone';
  const { openGpuEncoder } = await import('../engine/encoder/gpu/open-gpu-encoder.js');
  return openGpuEncoder(encoder, await adapter.requestDevice());
}
