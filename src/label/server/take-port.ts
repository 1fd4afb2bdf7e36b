import type { Server } from 'node:http';
import { SearchError } from '../../engine/errors.js';

/** The port where none is asked for, and how many from it on are tried. */
export const DEFAULT_PORT = 4321;
const PORTS = 10;

/**
 * Makes a server listen.
 * @param port the one to take; the first that is free from 4321 where it is left out
 * @param host the address to listen on
 * @throws SearchError `bad-option` when the port is taken or the host is none of this machine's
 */
export async function takePort(server: Server, port: number | undefined, host: string): Promise<void> {
  const ports = port === undefined ? Array.from({ length: PORTS }, (_, at) => DEFAULT_PORT + at) : [port];
  for (const port of ports) if (await tryPort(server, port, host)) return;
  throw new SearchError(
    'bad-option',
    ports.length === 1
      ? `Port ${ports[0]} is taken: name another with --port, or leave it out to get one that is free.`
      : `The ports ${ports[0]} to ${ports.at(-1)} are taken: name a free one with --port.`,
  );
}

function tryPort(server: Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else
        reject(
          new SearchError('bad-option', `Port ${port} of ${host} cannot be used: ${error.message}.`, {
            cause: error,
          }),
        );
    };
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve(true);
    });
  });
}

/** The port that a server listens on. */
export function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
