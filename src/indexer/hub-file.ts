import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const MOST_REDIRECTS = 5;
const SHA256 = /^"?([0-9a-f]{64})"?$/;

/**
 * Downloads a file of the Hugging Face hub, which lies at its place only once it is whole.
 * @param onBytes called with bytes loaded and in all; 0 in all where the hub does not say
 * @returns false where the hub has no such file
 * @throws where it answers otherwise, or sends something else than it said
 */
export async function downloadHubFile(
  url: string,
  to: string,
  onBytes: (loaded: number, total: number) => void,
): Promise<boolean> {
  const { response, sha256 } = await ask(url);
  if (response.status === 404) return false;
  if (!response.ok || !response.body) throw new Error(`${url} gives HTTP ${response.status}`);
  // Of a packed answer it counts what is packed.
  const packed = response.headers.has('content-encoding');
  const total = packed ? 0 : Number(response.headers.get('content-length') ?? 0);
  const hash = createHash('sha256');
  let loaded = 0;
  const watched = new Transform({
    transform(chunk: Uint8Array, _, pass) {
      hash.update(chunk);
      onBytes((loaded += chunk.length), total);
      pass(null, chunk);
    },
  });
  const part = `${to}.${process.pid}.part`;
  await mkdir(dirname(to), { recursive: true });
  try {
    await pipeline(Readable.fromWeb(response.body as never), watched, createWriteStream(part));
    if (total > 0 && loaded !== total) throw new Error(`${url} broke off after ${loaded} of ${total} bytes`);
    const found = hash.digest('hex');
    if (sha256 !== undefined && found !== sha256)
      throw new Error(`${url} is not what the hub says it is: its SHA-256 is ${found}, expected ${sha256}`);
    await rename(part, to);
  } finally {
    await rm(part, { force: true });
  }
  return true;
}

/**
 * Asks for a file, and follows to where it is kept. On the way the hub says the SHA-256 of large ones; a token
 * (`$HF_TOKEN`, for models that take one) goes to the hub alone.
 */
async function ask(url: string): Promise<{ response: Response; sha256: string | undefined }> {
  const { HF_TOKEN } = process.env;
  let at = new URL(url);
  const hub = at.origin;
  let sha256: string | undefined;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const headers = HF_TOKEN && at.origin === hub ? { Authorization: `Bearer ${HF_TOKEN}` } : {};
    const response = await fetch(at, { redirect: 'manual', headers });
    sha256 ??= SHA256.exec(response.headers.get('x-linked-etag') ?? '')?.[1];
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) return { response, sha256 };
    await response.body?.cancel();
    at = new URL(location, at);
  }
  throw new Error(`${url} leads on and on`);
}
