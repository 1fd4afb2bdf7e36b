import { messageOf } from '../errors.js';
import { damagedFile } from './bytes.js';

/** No shard is meant to be larger; a file that claims to be is damaged, or meant to fill the memory. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Unpacks a gzip file. Shards are packed when they are written, since many hosts send files that they do not know as
 * they are.
 * @throws SearchError `damaged-file` that names the file
 */
export async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      length += chunk.value.length;
      if (length > MOST_BYTES) throw new RangeError(`it unpacks to more than ${MOST_BYTES} bytes`);
      chunks.push(chunk.value);
    }
  } catch (error) {
    throw damagedFile(name, `it cannot be unpacked (${messageOf(error)})`);
  }
  return joined(chunks, length);
}

/** One array of all the chunks' bytes. */
export function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
