import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';

/** A file that was sent. */
export interface Answer {
  path: string;
  /** Bytes of the body on the wire, compressed where it is. */
  bytes: number;
}

/** A static host that counts what it sends. */
export interface StaticServer {
  /** Without a slash at the end. */
  url: string;
  port: number;
  /** What was sent since `forget`, in the order of asking; counted when asked for, whole. */
  readonly answers: Answer[];
  forget: () => void;
  close: () => Promise<void>;
}

/** What makes a page cross-origin isolated, whose clock is finer: 5 µs and not 100. Few static hosts send it. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Serves a folder as static hosts do; files that `compressFolder` has compressed go out with gzip. */
export async function serve(folder: string, { isolated = false } = {}): Promise<StaticServer> {
  const answers: Answer[] = [];
  const files = sirv(folder, {
    gzip: true,
    etag: true,
    setHeaders: (response, path, { size }) => {
      const answer = { path, bytes: size };
      answers.push(answer);
      // What is asked for by range is a part of the file.
      response.once('finish', () => (answer.bytes = Number(response.getHeader('content-length') ?? size)));
    },
  });
  const server = createServer((request, response) => {
    if (isolated) for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
    files(request, response, () => {
      response.statusCode = 404;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    // "localhost" is a secure context, which hashes and caches need.
    url: `http://localhost:${port}`,
    port,
    answers,
    forget: () => void answers.splice(0),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sum of the files sent whose path matches. */
export function bytesOf(answers: readonly Answer[], pattern = /(?:)/): number {
  return answers.filter(({ path }) => pattern.test(path)).reduce((sum, { bytes }) => sum + bytes, 0);
}
