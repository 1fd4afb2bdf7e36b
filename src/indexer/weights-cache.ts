import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What no run has used for this long is dropped, in ms. */
export const KEPT_FOR = 30 * 24 * 3600e3;
const HASH_BYTES = 32;

/** Packed weights of earlier runs. Whatever goes wrong with it costs a second or two and nothing else. */
export interface WeightsCache {
  read(key: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  write(key: string, bytes: Uint8Array): Promise<void>;
}

/**
 * Keeps packed weights in a folder, `KEY.weights` each: the SHA-256 of what follows | the weights. Files are put in place
 * whole, so that runs at the same time do not disturb each other.
 */
export function weightsCache(folder: string): WeightsCache {
  const fileOf = (key: string): string => join(folder, `${key}.weights`);
  return {
    async read(key) {
      try {
        const stored = await readFile(fileOf(key));
        const bytes = new Uint8Array(stored.subarray(HASH_BYTES));
        if (!sha256(bytes).equals(stored.subarray(0, HASH_BYTES))) return undefined;
        await utimes(fileOf(key), new Date(), new Date());
        return bytes;
      } catch {
        return undefined;
      }
    },
    async write(key, bytes) {
      try {
        await mkdir(folder, { recursive: true });
        const draft = `${fileOf(key)}.${process.pid}`;
        await writeFile(draft, Buffer.concat([sha256(bytes), bytes]));
        await rename(draft, fileOf(key));
        await dropOld(folder);
      } catch {
        // The vectors' cache, which lies beside it, says why.
      }
    },
  };
}

async function dropOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    if (Date.now() - (await stat(file)).mtimeMs > KEPT_FOR) await rm(file, { force: true });
  }
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
