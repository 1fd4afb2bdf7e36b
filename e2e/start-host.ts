import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';

/** A static host of a test's own. */
export interface Host {
  /** `http://localhost:` and its port. */
  readonly origin: string;
  /** Ends it, and every connection with it; once is enough. */
  stop(): Promise<void>;
}

export interface HostOptions {
  /** Folders, and the path that each is served below; the first that has a file serves it. */
  folders: readonly (readonly [path: string, folder: string])[];
  /** Sent with every file. */
  headers?: Record<string, string>;
  /** Answers a request in place of the folders where it returns true. */
  before?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** Serves folders on a free port. */
export async function startHost({ folders, headers = {}, before }: HostOptions): Promise<Host> {
  const handlers = folders.map(([path, folder]) => ({ path, handle: sirv(folder, { dev: true }) }));
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (before?.(request, response)) return;
    const asked = request.url ?? '/';
    const serve = ([first, ...others]: typeof handlers): void => {
      if (!first) response.writeHead(404).end();
      else if (!asked.startsWith(first.path)) serve(others);
      else {
        request.url = `/${asked.slice(first.path.length)}`;
        first.handle(request, response, () => serve(others));
      }
    };
    serve(handlers);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  let stopped: Promise<void> | undefined;
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop: () =>
      (stopped ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })),
  };
}
