import type { IncomingMessage } from 'node:http';

/** Names under which a browser on this machine reaches the server. */
const LOOPBACK = ['localhost', '127.0.0.1'];

/** The port that browsers leave out of the name. */
const HTTP_PORT = 80;

/**
 * Why a request is refused; undefined when it is not. A page of any site can send requests to this machine: under a name
 * of its own that it has pointed here (DNS rebinding), or straight across (CSRF).
 */
export function refusalOf({ method, headers }: IncomingMessage, port: number): string | undefined {
  const hosts = LOOPBACK.flatMap((name) =>
    port === HTTP_PORT ? [name, `${name}:${port}`] : `${name}:${port}`,
  );
  if (headers.host === undefined || !hosts.includes(headers.host))
    return `The host ${JSON.stringify(headers.host ?? '')} is not this machine; open http://127.0.0.1:${port}/.`;
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`)
    return `Changes from pages of ${JSON.stringify(headers.origin)} are refused.`;
  return undefined;
}
