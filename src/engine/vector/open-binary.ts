import type { Bitmap } from '../bitmap.js';
import { queryTables } from './binary-codes.js';
import type { CodesFile } from './codes-file.js';
import { KEY_BYTES, LANES, readKeys } from './int8-memory.js';
import { SCALAR, SIMD } from './kernel-bytes/binary.js';
import type { ReadRows } from './row-reader.js';
import { reserve, roundUp, startKernel } from '../start-kernel.js';
import { byScore, checkQuery, type VectorIndex } from './vector-index.js';
import type { Ranked } from '../ranked.js';

/** So many of the rows with the best estimates are scored by their int8 rows. */
const RESCORED = 200;

/** What kernels/binary.ts exports. All but `unit` and `base` are addresses or counts; see there. */
interface BinaryKernel {
  searchBinary(
    ...places: [
      ...[blocks: number, count: number, groups: number, tables: number, unit: number, base: number],
      ...[allowed: number, scratch: number, heap: number, limit: number],
    ]
  ): number;
}

/**
 * Search in two steps: an estimate for every row from its 1-bit code, then the int8 rows of the best, which `readRows`
 * has or fetches. Where those cannot be had, the estimates stand.
 */
export async function openBinary(
  codes: CodesFile,
  readRows: ReadRows,
  binaries = [SIMD, SCALAR],
): Promise<VectorIndex> {
  const { rows, dimensions, blocks, mean, factorScale, scale } = codes;
  // Where things lie: blocks, tables, estimates of a block, bitmap of allowed rows, results.
  const {
    tables: { length: tableBytes },
  } = queryTables(new Float32Array(dimensions));
  const tables = roundUp(blocks.length, LANES);
  const scratch = tables + tableBytes;
  const bitmap = scratch + 128;
  const heap = roundUp(bitmap + roundUp(rows, 32) / 8, LANES);
  const started = await startKernel<BinaryKernel>(binaries, heap);
  if (!started)
    throw new Error(
      `A search of ${rows} vectors needs WebAssembly and ${Math.ceil(heap / 1e6)} MB of memory.`,
    );
  const { kernel, memory } = started;
  new Uint8Array(memory.buffer).set(blocks);
  return {
    rows,
    dimensions,
    async search(asked, most, allowed) {
      checkQuery(asked, dimensions);
      const limit = Math.min(most, rows);
      const estimated = estimate(asked, Math.min(rows, Math.max(limit, RESCORED)), allowed);
      const read = await readRows(estimated.slice(0, RESCORED).map(({ passage }) => passage));
      return estimated
        .map(({ passage, score }) => {
          const row = read.get(passage);
          return { passage, score: row ? scale * dot(row, asked) : score };
        })
        .sort(byScore)
        .slice(0, limit);
    },
  };

  /** The rows with the best estimates, in their order. */
  function estimate(asked: Float32Array, limit: number, allowed: Bitmap | undefined): Ranked[] {
    reserve(memory, heap + limit * KEY_BYTES);
    const query = queryTables(asked);
    new Uint8Array(memory.buffer).set(query.tables, tables);
    if (allowed) new Uint8Array(memory.buffer, bitmap).set(allowed);
    const filter = allowed ? bitmap : 0;
    const { unit, base } = query;
    const groups = tableBytes / 16;
    const found = kernel.searchBinary(0, rows, groups, tables, unit, base, filter, scratch, heap, limit);
    const ofMean = dot(mean, asked);
    return readKeys(memory, heap, found, (bits) => ofMean + factorScale * floatOf(bits));
  }
}

const word = new DataView(new ArrayBuffer(4));

/** A float32 whose bits the kernel has put in the order of whole numbers. */
function floatOf(ordered: number): number {
  word.setInt32(0, ordered ^ ((ordered >> 31) & 0x7fffffff));
  return word.getFloat32(0);
}

function dot(left: Int8Array | Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < right.length; at++) sum += left[at]! * right[at]!;
  return sum;
}
