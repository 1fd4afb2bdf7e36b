import type { IncomingMessage } from 'node:http';

/** Names under which a browser on this machine reaches the server. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Why a request is refused; undefined when it is not. A page of any site can send requests to this machine: under a name
 * of its own that it has pointed here (DNS rebinding), or straight across (CSRF).
 */
export function refusalOf({ method, headers }: IncomingMessage, port: number): string | undefined {
  if (!LOOPBACK.some((name) => headers.host === `${name}:${port}`))
    return `The host ${JSON.stringify(headers.host ?? '')} is not this machine; open http://127.0.0.1:${port}/.`;
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`)
    return `Changes from pages of ${JSON.stringify(headers.origin)} are refused.`;
  return undefined;
}
