import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import sirv from 'sirv';
import { messageOf } from '../../engine/errors.js';
import { closeServer } from './close-server.js';
import { refusalOf } from './guard.js';
import { HttpError } from './http-error.js';
import { readJsonBody } from './json-body.js';
import type { LabelApi } from './label-api.js';
import { portOf, takePort } from './take-port.js';

const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * Serves the page and its API to this machine alone.
 * @param page folder of the built page
 * @param port the one to take; the first that is free from 4321 where it is left out
 * @throws SearchError `bad-option` when the port is taken
 */
export async function listen(
  api: LabelApi,
  page: string,
  port?: number,
): Promise<{ port: number; close: () => Promise<void> }> {
  const files = sirv(page, { dev: true });
  const server = createServer((request, response) => {
    const bound = portOf(server);
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const refusal = refusalOf(request, bound);
    if (refusal !== undefined) send(response, 403, { error: refusal });
    else if (request.url?.startsWith('/api/')) void answer(api, request, response);
    else files(request, response, () => send(response, 404, { error: `There is no ${request.url}.` }));
  });
  await takePort(server, port, '127.0.0.1');
  return {
    port: portOf(server),
    close: () => closeServer(server),
  };
}

async function answer(api: LabelApi, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const path = (request.url ?? '').slice('/api/'.length).replace(/\?.*$/s, '');
    const body = await readJsonBody(request);
    send(response, 200, await api({ method: request.method ?? '', path, body, signal: gone.signal }));
  } catch (error) {
    if (gone.signal.aborted) return;
    const status = error instanceof HttpError ? error.status : 500;
    // What is left of a body that is too long is not waited for.
    if (status === 413) response.setHeader('Connection', 'close');
    send(response, status, { error: messageOf(error) });
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.setHeader('Cache-Control', 'no-store');
  if (body === undefined) {
    response.writeHead(204).end();
    return;
  }
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
