import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A file as a host sends it. */
export interface HostedFile {
  body: string | Uint8Array;
  status?: number;
  headers?: Record<string, string>;
  /** Answers Range requests with the whole. */
  wholeOnly?: boolean;
}

/** A host on this machine whose files, headers and faults a test chooses. */
export interface StaticHost {
  url: string;
  files: Map<string, HostedFile>;
  close: () => void;
}

/** @param files by path, such as `/index.html` */
export async function startStaticHost(files: Record<string, HostedFile>): Promise<StaticHost> {
  const hosted = new Map(Object.entries(files));
  const server = createServer((request, response) => {
    const {
      body,
      status = 200,
      headers,
      wholeOnly,
    } = hosted.get(request.url ?? '') ?? { body: '', status: 404 };
    const bytes = Buffer.from(body);
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const part =
      start === undefined || wholeOnly || status !== 200 ? undefined : [Number(start), Number(end) + 1];
    const sent = part ? bytes.subarray(...part) : bytes;
    response.writeHead(part ? 206 : status, {
      ...(part && { 'content-range': `bytes ${start}-${end}/${bytes.length}` }),
      'content-length': sent.length,
      ...headers,
    });
    response.end(request.method === 'HEAD' ? undefined : sent);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files: hosted,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
