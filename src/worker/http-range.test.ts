import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadRange } from './http-range.js';

const FILE = Uint8Array.from({ length: 1000 }, (_, at) => at % 251);

describe('downloadRange', () => {
  let server: Server;
  let url: string;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  beforeEach(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/vectors.bin`;
  });
  afterEach(() => server.close());

  const partial = (start: number, end: number, header = `bytes ${start}-${end - 1}/1000`) => {
    answer = (_, response) =>
      response.writeHead(206, { 'Content-Range': header }).end(FILE.subarray(start, end));
  };

  it('asks for the bytes and gives them', async () => {
    let asked: string | undefined;
    answer = ({ headers }, response) => {
      asked = headers.range;
      response.writeHead(206, { 'Content-Range': 'bytes 10-19/1000' }).end(FILE.subarray(10, 20));
    };
    expect(await downloadRange(url, 10, 20)).toEqual(FILE.slice(10, 20));
    expect(asked).toBe('bytes=10-19');
  });

  it('breaks off where the host sends the whole file, however long', async () => {
    let sent = 0;
    const closed = new Promise<void>((resolve) => {
      answer = (_, response) => {
        response.writeHead(200);
        const more = (): void => {
          while (!response.destroyed && response.write(new Uint8Array(65536))) sent += 65536;
        };
        response.on('drain', more).on('close', resolve);
        more();
      };
    });
    await expect(downloadRange(url, 10, 20)).rejects.toMatchObject({
      code: 'missing-file',
      message: expect.stringMatching(/vectors\.bin .*whole files only/) as string,
    });
    await closed;
    expect(sent).toBeLessThan(50e6);
  });

  it('is told from a page that the host sends for what it does not have', async () => {
    answer = (_, response) =>
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>Nothing here.');
    await expect(downloadRange(url, 10, 20)).rejects.toMatchObject({ code: 'damaged-file' });
  });

  it.each([
    ['another range', () => partial(20, 30), /"bytes 20-29\/1000" where bytes 10-19/],
    ['too few bytes', () => partial(10, 15, 'bytes 10-19/1000'), /5 bytes came where 10/],
    ['an error', () => (answer = (_, response) => void response.writeHead(416).end()), /HTTP 416/],
    ['nothing', () => (answer = (_, response) => void response.destroy()), /could not be read/],
  ])('refuses %s, and names the file', async (_, set, reason) => {
    set();
    await expect(downloadRange(url, 10, 20)).rejects.toMatchObject({
      code: 'missing-file',
      message: expect.stringMatching(reason) as string,
    });
  });
});
