import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join, resolve, sep } from 'node:path';
import sirv from 'sirv';
import { SearchError } from '../../engine/errors.js';
import { closeServer } from '../../label/server/close-server.js';
import { portOf, takePort } from '../../label/server/take-port.js';

export interface ServeOptions {
  /** Default: the first that is free from 4321. */
  port?: number | undefined;
  /** Default 127.0.0.1, this machine alone. */
  host?: string | undefined;
  /** Sends COOP and COEP, as hosts do whose pages are to have threads. Default false. */
  isolate?: boolean | undefined;
}

const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * Serves a folder as static hosts do: files as they are, parts of them by Range requests, `guide/` for
 * `guide/index.html`, `404.html` for what is not there. Nothing is compressed, and browsers ask again every time.
 * @throws SearchError `bad-option` when there is no such folder or the port is taken
 */
export async function serveFolder(
  folder: string,
  { port, host = '127.0.0.1', isolate = false }: ServeOptions = {},
): Promise<{ url: string; close: () => Promise<void> }> {
  const root = resolve(folder);
  if (!existsSync(root) || !statSync(root).isDirectory())
    throw new SearchError(
      'bad-option',
      existsSync(root)
        ? `${root} is a file, not a folder. Name the folder that the site is built into.`
        : `${root} is not a folder. Build the site first, then name its output folder.`,
    );
  const files = sirv(root, { dev: true, etag: true });
  const server = createServer((request, response) => {
    if (isolate) for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    const folderUrl = withSlash(root, request.url ?? '/');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    else if (folderUrl !== undefined) response.writeHead(301, { Location: folderUrl }).end();
    else {
      leaveOutOddRange(request);
      files(request, response, () => void sendMissing(root, response));
    }
  });
  await takePort(server, port, host);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${portOf(server)}/`,
    close: () => closeServer(server),
  };
}

/** Where a folder is asked for without its slash: links on its page would lead astray. */
function withSlash(root: string, url: string): string | undefined {
  const [path = '', ...query] = url.split('?');
  const name = join(root, decoded(path));
  if (path.endsWith('/') || !name.startsWith(root + sep)) return undefined;
  const isFolder = !existsSync(`${name}.html`) && existsSync(join(name, 'index.html'));
  // Two slashes at the beginning would lead to another host.
  return isFolder ? [`${path.replace(/^\/+/, '/')}/`, ...query].join('?') : undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).replaceAll('\0', '');
  } catch {
    return path;
  }
}

/** A server may answer with the whole file; sirv takes ranges such as "0-0" and "-500" for others. */
function leaveOutOddRange(request: IncomingMessage): void {
  const [, start, end] = /^bytes=(\d+)-([1-9]\d*)?$/.exec(request.headers.range ?? '') ?? [];
  if (start === undefined || (end !== undefined && Number(end) < Number(start))) delete request.headers.range;
}

async function sendMissing(root: string, response: ServerResponse): Promise<void> {
  const page = await readFile(join(root, '404.html')).catch(() => undefined);
  response
    .writeHead(404, { 'Content-Type': page ? 'text/html;charset=utf-8' : 'text/plain;charset=utf-8' })
    .end(page ?? 'There is no such file.\n');
}
