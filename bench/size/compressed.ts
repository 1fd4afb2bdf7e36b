import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Bytes as they are, and as hosts send them at their best. */
export interface Size {
  raw: number;
  gzip: number;
  brotli: number;
}

/** One file's size; what is compressed in itself is never counted larger than it is. */
export async function sizeOf(content: Uint8Array | string): Promise<Size> {
  const bytes = Buffer.from(content);
  const zipped = await promisify(gzip)(bytes, { level: 9 });
  const brotli = await promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  const { length } = bytes;
  return {
    raw: length,
    gzip: Math.min(length, zipped.length),
    brotli: Math.min(length, brotli.length),
  };
}

/** Megabytes of model take brotli a minute, so each file is compressed once. */
const known = new Map<string, Promise<Size>>();

export async function sizeOfFiles(paths: readonly string[]): Promise<Size> {
  return total(await Promise.all(paths.map(sizeOfFile)));
}

async function sizeOfFile(path: string): Promise<Size> {
  let size = known.get(path);
  if (!size) known.set(path, (size = readFile(path).then(sizeOf)));
  return size;
}

export function total(sizes: readonly Size[]): Size {
  const sum = (key: keyof Size): number => sizes.reduce((bytes, size) => bytes + size[key], 0);
  return { raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') };
}
