import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ServeOptions, serveFolder } from './serve-folder.js';

describe('serveFolder', () => {
  let root: string;
  const closing: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'second-look-serve-'));
    await mkdir(join(root, 'guide'));
    await writeFile(join(root, 'index.html'), '<p>Home');
    await writeFile(join(root, 'guide/index.html'), '<p>Guide');
    await writeFile(join(root, 'data.bin'), '0123456789');
    for (const name of ['a.wasm', 'a.mjs', 'a.js', 'a.json']) await writeFile(join(root, name), '{}');
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    rmSync(root, { recursive: true });
  });
  async function serve(
    options: ServeOptions = {},
  ): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
    const { url, close } = await serveFolder(root, options);
    closing.push(close);
    return (path, init) => fetch(new URL(path, url), { redirect: 'manual', ...init });
  }

  it('sends files with their types, as they are, and pages of folders', async () => {
    const get = await serve();
    const types = ['a.wasm', 'a.mjs', 'a.js', 'a.json', ''].map(async (path) =>
      (await get(path)).headers.get('content-type'),
    );
    expect(await Promise.all(types)).toEqual([
      'application/wasm',
      'text/javascript',
      'text/javascript',
      'application/json',
      'text/html;charset=utf-8',
    ]);
    const page = await get('guide/', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(await page.text()).toBe('<p>Guide');
    expect(page.headers.get('content-encoding')).toBeNull();
    expect(page.headers.get('cross-origin-opener-policy')).toBeNull();
  });

  it('sends parts of files', async () => {
    const get = await serve();
    const range = async (value: string): Promise<[number, string]> => {
      const response = await get('data.bin', { headers: { range: value } });
      return [response.status, await response.text()];
    };
    expect(await range('bytes=2-4')).toEqual([206, '234']);
    expect(await range('bytes=8-')).toEqual([206, '89']);
    expect(await range('bytes=20-30')).toEqual([416, '']);
    // It may send the whole.
    for (const odd of ['bytes=0-0', 'bytes=-2', 'bytes=5-2', 'lines=1-2'])
      expect(await range(odd)).toEqual([200, '0123456789']);
  });

  it('leads to folders by their slash, and to no other host', async () => {
    const get = await serve();
    const leads = async (path: string): Promise<string | null> => (await get(path)).headers.get('location');
    expect(await leads('guide?x=1')).toBe('/guide/?x=1');
    expect(await leads('/.//guide')).toBe('/guide/');
    expect(await leads('nowhere')).toBeNull();
  });

  it('has nothing outside the folder, and the page of the site for what is not there', async () => {
    await writeFile(join(root, 'guide/secret.txt'), 'secret');
    const { url, close } = await serveFolder(join(root, 'guide'));
    closing.push(close);
    for (const path of ['..%2fdata.bin', '%2e%2e/data.bin', '..%5cdata.bin', '%00', '%'])
      expect((await fetch(url + path)).status, path).toBe(404);
    const get = await serve();
    expect(await (await get('nowhere')).text()).toBe('There is no such file.\n');
    await writeFile(join(root, '404.html'), '<p>Lost');
    const lost = await get('nowhere');
    expect([lost.status, await lost.text()]).toEqual([404, '<p>Lost']);
    expect((await get('data.bin', { method: 'POST' })).status).toBe(405);
  });

  it('isolates pages where it is asked to', async () => {
    const get = await serve({ isolate: true });
    for (const path of ['', 'a.js', 'nowhere']) {
      const { headers } = await get(path);
      expect(headers.get('cross-origin-opener-policy'), path).toBe('same-origin');
      expect(headers.get('cross-origin-embedder-policy'), path).toBe('require-corp');
    }
  });

  it('says what is wrong with a folder or a port', async () => {
    await expect(serveFolder(join(root, 'nowhere'))).rejects.toThrow(
      /nowhere is not a folder\. Build the site/,
    );
    await expect(serveFolder(join(root, 'data.bin'))).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining('data.bin is a file, not a folder') as string,
    });
    const { url, close } = await serveFolder(root);
    closing.push(close);
    const port = Number(new URL(url).port);
    await expect(serveFolder(root, { port })).rejects.toThrow(
      `Port ${port} is taken: name another with --port`,
    );
    await expect(serveFolder(root, { host: '203.0.113.1' })).rejects.toThrow(
      /of 203\.0\.113\.1 cannot be used/,
    );
  });
});
