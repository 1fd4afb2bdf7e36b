import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { downloadHubFile } from './hub-file.js';

const WEIGHTS = 'the weights';
const HASH = createHash('sha256').update(WEIGHTS).digest('hex');

let folder: string;
let file: string;
let servers: Server[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-look-hub-file-'));
  file = join(folder, 'onnx/model.onnx');
  servers = [];
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of servers) server.close();
  await rm(folder, { recursive: true });
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.onnx`;
}

/** A hub that says a file's hash and sends on to where it is kept. */
async function hubFor(hash: string): Promise<{ url: string; tokens: (string | undefined)[] }> {
  const tokens: (string | undefined)[] = [];
  const store = await serve(({ headers }, response) => {
    tokens.push(headers.authorization);
    response.writeHead(200, { 'content-length': WEIGHTS.length }).end(WEIGHTS);
  });
  const url = await serve(({ headers }, response) => {
    tokens.push(headers.authorization);
    response.writeHead(302, { location: store, 'x-linked-etag': `"${hash}"` }).end();
  });
  return { url, tokens };
}

describe('a file of the hub', () => {
  it('is fetched from where the hub keeps it, and told about as it comes', async () => {
    const { url } = await hubFor(HASH);
    const told = vi.fn();
    expect(await downloadHubFile(url, file, told)).toBe(true);
    expect(await readFile(file, 'utf8')).toBe(WEIGHTS);
    expect(told).toHaveBeenLastCalledWith(WEIGHTS.length, WEIGHTS.length);
  });

  it('is refused where it is not what the hub says, and nothing is left of it', async () => {
    const { url } = await hubFor('0'.repeat(64));
    await expect(downloadHubFile(url, file, vi.fn())).rejects.toThrow(
      `is not what the hub says it is: its SHA-256 is ${HASH}, expected 000`,
    );
    expect(readdirSync(join(folder, 'onnx'))).toEqual([]);
  });

  it('is refused where it breaks off', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half', () => response.destroy());
    });
    await expect(downloadHubFile(url, file, vi.fn())).rejects.toThrow();
    expect(readdirSync(join(folder, 'onnx'))).toEqual([]);
  });

  it('is not there where the hub says so; another answer is an error', async () => {
    const missing = await serve((_, response) => response.writeHead(404).end());
    expect(await downloadHubFile(missing, file, vi.fn())).toBe(false);
    const closed = await serve((_, response) => response.writeHead(401).end());
    await expect(downloadHubFile(closed, file, vi.fn())).rejects.toThrow(/gives HTTP 401/);
    expect(existsSync(file)).toBe(false);
  });

  it('is asked for with the token, which goes to the hub alone', async () => {
    vi.stubEnv('HF_TOKEN', 'secret');
    const { url, tokens } = await hubFor(HASH);
    await downloadHubFile(url, file, vi.fn());
    expect(tokens).toEqual(['Bearer secret', undefined]);
  });
});
