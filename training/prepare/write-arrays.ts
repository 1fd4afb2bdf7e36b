import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Numbers of one file, little-endian; its name ends with their type: `passages.tokens.u16`. */
export type Arrays = Record<string, Uint8Array | Uint16Array | Uint32Array | Float32Array>;

/** Rows of different lengths as one array, and where each row ends. */
export function joinRows(rows: readonly (readonly number[])[]): { values: number[]; ends: Uint32Array } {
  const ends = new Uint32Array(rows.length);
  const values: number[] = [];
  rows.forEach((row, at) => {
    for (const value of row) values.push(value);
    ends[at] = values.length;
  });
  return { values, ends };
}

/** Writes a folder of arrays that numpy reads, with `meta.json` last, so that a folder without it is unfinished. */
export async function writeArrays(folder: string, arrays: Arrays, meta: object): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, { buffer, byteOffset, byteLength }] of Object.entries(arrays))
    await writeFile(join(folder, name), new Uint8Array(buffer, byteOffset, byteLength));
  await writeFile(join(folder, 'meta.json'), `${JSON.stringify(meta, null, 1)}\n`);
}

export async function writeJsonLines(file: string, rows: readonly object[]): Promise<void> {
  await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}
