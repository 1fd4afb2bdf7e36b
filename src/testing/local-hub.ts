import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A hub of models on this machine. */
export interface LocalHub {
  url: string;
  /** Paths asked for, in order. */
  requests: string[];
  close: () => void;
}

/**
 * Speaks the Hugging Face hub's paths, `/owner/name/resolve/main/file`.
 * @param repositories for each `owner/name`, where a file of it lies on disk
 */
export async function startLocalHub(
  repositories: Record<string, (file: string) => string>,
): Promise<LocalHub> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    const [, name = '', file = ''] =
      /^\/([\w-]+\/[\w-]+)\/resolve\/main\/(.+)$/.exec(request.url ?? '') ?? [];
    const path = repositories[name]?.(file);
    if (path === undefined || !existsSync(path)) {
      response.writeHead(404).end('Entry not found');
      return;
    }
    response.writeHead(200, {
      'content-length': statSync(path).size,
      'content-type': 'application/octet-stream',
    });
    if (request.method === 'HEAD') response.end();
    else createReadStream(path).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests, close: () => server.close() };
}
