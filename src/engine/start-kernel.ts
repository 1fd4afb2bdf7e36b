/** A kernel that runs, and the memory that it works in. */
export interface StartedKernel<Exports> {
  kernel: Exports;
  memory: WebAssembly.Memory;
}

const PAGE_BYTES = 65536;

/**
 * Starts the first of a kernel's binaries that the platform takes: with SIMD, else without.
 * @param bytes how much memory it gets at first
 * @returns undefined where there is no WebAssembly, or not so much memory
 */
export async function startKernel<Exports>(
  binaries: readonly string[],
  bytes: number,
): Promise<StartedKernel<Exports> | undefined> {
  const memory = allocate(bytes);
  if (!memory) return undefined;
  for (const binary of binaries)
    try {
      const code = Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));
      const { instance } = await WebAssembly.instantiate(code, { env: { memory } });
      return { kernel: instance.exports as unknown as Exports, memory };
    } catch {
      // No SIMD, or no WebAssembly at all: the next does without.
    }
  return undefined;
}

/** Grows a memory to at least so many bytes; its buffer is another one then. */
export function reserve(memory: WebAssembly.Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
}

/** What kernels count on: addresses and widths are multiples of 16, tables of 32 rows begin where they do. */
export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

function allocate(bytes: number): WebAssembly.Memory | undefined {
  try {
    return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) + 1 });
  } catch {
    return undefined;
  }
}
