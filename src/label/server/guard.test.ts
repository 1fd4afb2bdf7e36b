import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { refusalOf } from './guard.js';

const request = (method: string, headers: Record<string, string>): IncomingMessage =>
  ({ method, headers }) as unknown as IncomingMessage;
const get = (host: string, port: number): string | undefined => refusalOf(request('GET', { host }), port);
const post = (origin: string, host: string, port: number): string | undefined =>
  refusalOf(request('POST', { host, origin }), port);

test('on port 80 a browser leaves the port out, in the host and in the origin', () => {
  for (const host of ['localhost', '127.0.0.1']) {
    expect(get(host, 80)).toBeUndefined();
    expect(get(`${host}:80`, 80)).toBeUndefined();
    expect(get(host, 4321)).toMatch(/is not this machine; open http:\/\/127\.0\.0\.1:4321\//);
    expect(post(`http://${host}`, host, 80)).toBeUndefined();
    expect(post('http://evil.example', host, 80)).toMatch(/^Changes from pages of "http:\/\/evil\.example"/);
  }
});

test('other names are refused on any port, and so is a request without one', () => {
  for (const port of [80, 4321]) {
    for (const host of ['evil.example', `evil.example:${port}`, `[::1]:${port}`, 'localhost:1', ''])
      expect(get(host, port)).toMatch(/is not this machine/);
    expect(refusalOf(request('GET', {}), port)).toMatch(/is not this machine/);
  }
});
