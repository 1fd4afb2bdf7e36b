import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server got it. */
export interface EngineCall {
  method: string;
  /** With its parameters. */
  path: string;
  headers: IncomingMessage['headers'];
  /** Parsed, where it is JSON. */
  body: unknown;
}

export interface EngineReply {
  status?: number;
  /** JSON, or text as it is. */
  body: unknown;
  /** How long the server takes, in ms. */
  after?: number;
}

/** A server on this machine in the role of a search engine. */
export interface EngineServer {
  url: string;
  /** Requests in order, without the browser's questions whether it may ask. */
  calls: EngineCall[];
  /** How many requests were given up by whoever sent them. */
  readonly abandoned: number;
  close: () => Promise<void>;
}

/**
 * Replays answers, and keeps what it was asked.
 * @param reply what to answer to a request
 * @param origin which pages may ask, as CORS has it; `undefined` lets none
 */
export async function startEngineServer(
  reply: (call: EngineCall) => EngineReply,
  origin: string | undefined = '*',
): Promise<EngineServer> {
  const calls: EngineCall[] = [];
  let abandoned = 0;
  const server = createServer((request, response) => {
    if (origin !== undefined) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-allow-headers', 'content-type, x-typesense-api-key, authorization');
    }
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const call: EngineCall = {
        ...{ method: request.method ?? '', path: request.url ?? '', headers: request.headers },
        body: parsed(Buffer.concat(chunks).toString()),
      };
      calls.push(call);
      const { status = 200, body, after = 0 } = reply(call);
      const timer = setTimeout(() => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(typeof body === 'string' ? body : JSON.stringify(body));
      }, after);
      response.on('close', () => {
        clearTimeout(timer);
        if (!response.writableFinished) abandoned++;
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, calls },
    get abandoned() {
      return abandoned;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
