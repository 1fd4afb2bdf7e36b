import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { glob } from 'tinyglobby';

/**
 * What hosts such as Cloudflare Pages compress: text, JSON and WebAssembly. They leave alone what they know nothing of
 * (`.bin`, `.onnx`, `.pf_index`).
 */
const COMPRESSED = '**/*.{html,css,js,mjs,json,svg,txt,xml,wasm}';

/** Writes a `.gz` beside every file that hosts compress, for `serve` to send. */
export async function compressFolder(folder: string, pattern = COMPRESSED): Promise<void> {
  for (const file of await glob(pattern, { cwd: folder, dot: true })) {
    const path = join(folder, file);
    await writeFile(`${path}.gz`, await promisify(gzip)(await readFile(path), { level: 6 }));
  }
}
