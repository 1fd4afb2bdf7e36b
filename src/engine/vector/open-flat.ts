import type { Bitmap } from '../bitmap.js';
import type { Ranked } from '../ranked.js';
import { SCALAR, SIMD } from './kernel-bytes.js';
import { scan } from './plain-scan.js';
import type { VectorRows } from './vector-file.js';
import type { VectorIndex } from './vector-index.js';

/** What kernels/flat.ts exports. All are addresses or counts; see there. */
interface FlatKernel {
  searchFlat(
    rows: number,
    count: number,
    width: number,
    query: number,
    allowed: number,
    heap: number,
    limit: number,
  ): number;
}

/** The kernel takes this many numbers at a time. */
const LANES = 16;
/** And this many rows. */
const ROWS = 4;
/** The query's components are whole numbers to this: only the rows' rounding counts then. */
const QUERY_LEVELS = 2047;
/** With more dimensions, a sum of products might not fit 32 bits. */
const MOST_DIMENSIONS = 8000;
const KEY_BYTES = 8;
const PAGE_BYTES = 65536;

/**
 * Flat search: the dot product of the query with every row, exact but for the rows' int8 rounding. A WebAssembly kernel
 * does it, with SIMD where the browser has that; where WebAssembly is refused, plain JavaScript does.
 */
export async function openFlat(vectors: VectorRows, binaries = [SIMD, SCALAR]): Promise<VectorIndex> {
  const { rows, dimensions, scale, components } = vectors;
  const width = roundUp(dimensions, LANES);
  // Where things lie: rows, query, bitmap of allowed rows, results.
  const query = roundUp(rows, ROWS) * width;
  const bitmap = query + 2 * width;
  const heap = roundUp(bitmap + roundUp(rows, 32) / 8, LANES);
  const memory = dimensions > MOST_DIMENSIONS ? undefined : allocate(heap);
  const kernel = memory && (await firstThatStarts(binaries, memory));
  const { search } = kernel ? { search: searchKernel(kernel, memory) } : { search: searchPlain };
  return {
    rows,
    dimensions,
    search(asked, limit, allowed) {
      if (asked.length !== dimensions)
        throw new RangeError(`The query has ${asked.length} dimensions, the index ${dimensions}.`);
      return search(asked, Math.min(limit, rows), allowed);
    },
  };

  function searchPlain(asked: Float32Array, limit: number, allowed?: Bitmap): Ranked[] {
    return scan(vectors, asked, limit, allowed);
  }

  function searchKernel(started: FlatKernel, { buffer, grow }: Growing): typeof searchPlain {
    const bytes = new Int8Array(buffer());
    for (let row = 0; row < rows; row++)
      bytes.set(components.subarray(row * dimensions, (row + 1) * dimensions), row * width);
    return (asked, limit, allowed) => {
      grow(heap + limit * KEY_BYTES);
      const largest = asked.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
      new Int16Array(buffer(), query, dimensions).set(
        asked.map((value) => Math.round((value / largest) * QUERY_LEVELS)),
      );
      if (allowed) new Uint8Array(buffer(), bitmap).set(allowed);
      const found = started.searchFlat(0, rows, width, query, allowed ? bitmap : 0, heap, limit);
      // A key is the complement of the row, then the score.
      const keys = new Int32Array(buffer(), heap, found * 2);
      const unit = (scale * largest) / QUERY_LEVELS;
      return Array.from({ length: found }, (_, at) => ({
        passage: ~keys[2 * at]! >>> 0,
        score: keys[2 * at + 1]! * unit,
      }));
    };
  }
}

interface Growing {
  memory: WebAssembly.Memory;
  /** The memory's bytes; another buffer after it has grown. */
  buffer: () => ArrayBuffer;
  grow: (bytes: number) => void;
}

/** Undefined where there is no WebAssembly, or not so much memory. */
function allocate(bytes: number): Growing | undefined {
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) + 1 });
    return {
      memory,
      buffer: () => memory.buffer,
      grow: (needed) => {
        const missing = needed - memory.buffer.byteLength;
        if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
      },
    };
  } catch {
    return undefined;
  }
}

async function firstThatStarts(
  binaries: readonly string[],
  { memory }: Growing,
): Promise<FlatKernel | undefined> {
  for (const binary of binaries)
    try {
      const bytes = Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));
      const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
      return instance.exports as unknown as FlatKernel;
    } catch {
      // No SIMD, or no WebAssembly at all: the next does without.
    }
  return undefined;
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
