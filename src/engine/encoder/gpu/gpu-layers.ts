import type { EncoderLayout, Linear, Norm } from '../encoder-layout.js';
import type { EncoderShape } from '../encoder-shape.js';
import { addNorm, attend, LINEAR, THREADS, TILE } from './shaders.js';

/** GPUBufferUsage and GPUMapMode of the WebGPU spec, whose names TypeScript does not know. */
const [MAP_READ, COPY_SRC, COPY_DST, UNIFORM, STORAGE] = [0x1, 0x4, 0x8, 0x40, 0x80];
const READ = 0x1;

/** Rows of every buffer: the tokens of all texts that are run at a time. */
const ROWS = 2048;

type Dispatch = (pass: GPUComputePassEncoder, rows: number) => void;

/** An encoder's layers on a graphics processor. */
export interface GpuLayers {
  /**
   * Runs texts at once.
   * @param hidden the vectors of their tokens, one text's after the other's; replaced by what the last layer gives
   * @param lengths tokens of each text, together at most `rows`
   */
  run(hidden: Float32Array<ArrayBuffer>, lengths: readonly number[]): Promise<Float32Array<ArrayBuffer>>;
  readonly rows: number;
  dispose(): void;
}

/**
 * Uploads an encoder's layers as they are in its file.
 * @param parts the file's parts, as `layout` has them
 * @throws where a shader does not compile, or memory is short
 */
export async function createGpuLayers(
  device: GPUDevice,
  parts: Uint8Array<ArrayBuffer>,
  shape: EncoderShape,
  layout: EncoderLayout,
): Promise<GpuLayers> {
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
  const { width, inner, heads } = shape;
  const buffers: GPUBuffer[] = [];
  const buffer = (bytes: number, usage: number): GPUBuffer => {
    const made = device.createBuffer({ size: Math.ceil(bytes / 16) * 16, usage });
    buffers.push(made);
    return made;
  };
  const filled = (
    values: ArrayBuffer | Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>,
    usage: number,
  ): GPUBuffer => {
    const made = buffer(values.byteLength, usage | COPY_DST);
    device.queue.writeBuffer(made, 0, values);
    return made;
  };

  // What stands before the layers is looked up in the processor's own memory.
  const first = layout.layers[0]!.attention.sums;
  const layers = filled(parts.subarray(first, layout.bytes), STORAGE);
  const word = (at: number): number => (at - first) / 4;
  const rowBytes = (values: number): number => 4 * values * ROWS;
  const hidden = buffer(rowBytes(width), STORAGE | COPY_DST | COPY_SRC);
  const other = buffer(rowBytes(width), STORAGE);
  const third = buffer(rowBytes(width), STORAGE);
  const wide = buffer(rowBytes(Math.max(3 * width, inner)), STORAGE);
  const texts = buffer(8 * ROWS, STORAGE | COPY_DST);
  const rowCount = buffer(4, UNIFORM | COPY_DST);
  const result = buffer(rowBytes(width), MAP_READ | COPY_DST);

  const pipeline = async (code: string): Promise<GPUComputePipeline> => {
    const module = device.createShaderModule({ code });
    const { messages } = await module.getCompilationInfo();
    const fault = messages.find(({ type }) => type === 'error');
    if (fault) throw new Error(`line ${fault.lineNum} of a shader: ${fault.message}`);
    return device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
  };
  const [linearly, attending, norming] = await Promise.all([
    pipeline(LINEAR),
    pipeline(attend(shape)),
    pipeline(addNorm(shape)),
  ]);
  const step = (
    of: GPUComputePipeline,
    bound: readonly GPUBuffer[],
    groups: (rows: number) => [number, number?],
  ): Dispatch => {
    const group = device.createBindGroup({
      layout: of.getBindGroupLayout(0),
      entries: bound.map((made, binding) => ({ binding, resource: { buffer: made } })),
    });
    return (pass, rows) => {
      pass.setPipeline(of);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(...groups(rows));
    };
  };
  const linear = (from: GPUBuffer, of: Linear, to: GPUBuffer, gelu = 0): Dispatch => {
    const offsets = [word(of.weights), word(of.factors), word(of.bias)];
    const settings = filled(Uint32Array.of(of.inner, of.columns, ...offsets, gelu), UNIFORM);
    return step(linearly, [layers, settings, rowCount, from, to], (rows) => [
      Math.ceil(rows / TILE),
      Math.ceil(of.columns / TILE),
    ]);
  };
  const norm = (values: GPUBuffer, { gain, bias }: Norm): Dispatch =>
    step(
      norming,
      [layers, filled(Uint32Array.of(word(gain), word(bias)), UNIFORM), values, hidden],
      (rows) => [rows],
    );
  const steps = layout.layers.flatMap((layer) => [
    linear(hidden, layer.attention, wide),
    step(attending, [texts, rowCount, wide, other], (rows) => [Math.ceil((rows * heads) / THREADS)]),
    linear(other, layer.output, third),
    norm(third, layer.outputNorm),
    linear(hidden, layer.up, wide, 1),
    linear(wide, layer.down, other),
    norm(other, layer.downNorm),
  ]);
  const dispose = (): void => {
    for (const made of buffers) made.destroy();
  };
  const failures = [await device.popErrorScope(), await device.popErrorScope()];
  const failure = failures.find((error) => error !== null);
  if (failure) {
    dispose();
    throw new Error(failure.message);
  }

  return {
    rows: ROWS,
    dispose,
    async run(vectors, lengths) {
      const rows = vectors.length / width;
      device.queue.writeBuffer(hidden, 0, vectors);
      device.queue.writeBuffer(texts, 0, boundsOf(lengths));
      device.queue.writeBuffer(rowCount, 0, Uint32Array.of(rows));
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      for (const dispatch of steps) dispatch(pass, rows);
      pass.end();
      encoder.copyBufferToBuffer(hidden, 0, result, 0, vectors.byteLength);
      device.queue.submit([encoder.finish()]);
      await result.mapAsync(READ, 0, vectors.byteLength);
      const read = new Float32Array(result.getMappedRange(0, vectors.byteLength).slice());
      result.unmap();
      return read;
    },
  };
}

/** For each row, where its text begins and ends. */
function boundsOf(lengths: readonly number[]): Uint32Array<ArrayBuffer> {
  let start = 0;
  return Uint32Array.from(
    lengths.flatMap((length) => {
      const end = start + length;
      const bounds = Array.from({ length }, () => [start, end]).flat();
      start = end;
      return bounds;
    }),
  );
}
