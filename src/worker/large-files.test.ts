import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTold } from './large-files.js';

const FILE = Uint8Array.from({ length: 200_000 }, (_, at) => at % 251);

describe('readTold', () => {
  let server: Server;
  let url: string;
  let ranges: (string | undefined)[];
  let answers: ((response: ServerResponse, request: IncomingMessage) => void)[];
  beforeEach(async () => {
    ranges = [];
    server = createServer((request, response) => {
      ranges.push(request.headers.range);
      answers.shift()!(response, request);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.encoder`;
  });
  afterEach(() => server.close());

  const halfWith =
    (more: Record<string, string>) =>
    (response: ServerResponse): void => {
      response.writeHead(200, { 'Content-Length': String(FILE.length), ...more });
      response.write(FILE.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 50));
    };
  const half = halfWith({});
  const rest = (response: ServerResponse, { headers }: IncomingMessage): void => {
    const start = Number(/^bytes=(\d+)-$/.exec(headers.range!)![1]);
    response.writeHead(206, { 'Content-Range': `bytes ${start}-199999/200000` }).end(FILE.subarray(start));
  };
  const whole = (response: ServerResponse): void => void response.writeHead(200).end(FILE);
  const read = async (told: number[] = []): Promise<Uint8Array> =>
    readTold(await fetch(url), (loaded) => told.push(loaded), { pause: 1 });

  it('goes on where a download has broken off', async () => {
    answers = [half, rest];
    const told: number[] = [];
    expect(await read(told)).toEqual(FILE);
    expect(ranges).toEqual([undefined, 'bytes=100000-']);
    expect(told).toEqual([...told].sort((left, right) => left - right));
    expect(told.at(-1)).toBe(200_000);
  });

  it('begins again where the host sends whole files only', async () => {
    answers = [half, whole];
    expect(await read()).toEqual(FILE);
  });

  it.each([
    ['the file is gone', (response: ServerResponse) => void response.writeHead(404).end()],
    [
      'another part comes',
      (response: ServerResponse) =>
        void response.writeHead(206, { 'Content-Range': 'bytes 0-9/200000' }).end(FILE.subarray(0, 10)),
    ],
    ['the network is gone', (response: ServerResponse) => void response.destroy()],
  ])('fails as the download did where %s', async (_, answer) => {
    answers = [half, answer];
    await expect(read()).rejects.toThrow(/terminated/);
    expect(ranges).toHaveLength(2);
  });

  it('does not go on once it is aborted', async () => {
    answers = [half, rest];
    const controller = new AbortController();
    const { signal } = controller;
    const reading = readTold(await fetch(url, { signal }), () => controller.abort(), { pause: 1, signal });
    await expect(reading).rejects.toThrow(/abort/);
    expect(ranges).toHaveLength(1);
  });

  it('does not count the bytes of what the host has packed, and ends with the fourth failure', async () => {
    answers = [halfWith({ 'Content-Encoding': 'identity' })];
    await expect(read()).rejects.toThrow(/terminated/);
    answers = [half, half, half, half, whole];
    await expect(read()).rejects.toThrow(/terminated/);
    expect(answers).toHaveLength(1);
  });
});
