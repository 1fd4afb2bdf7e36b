import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import sirv from 'sirv';
import { contentSecurityPolicy } from '../src/demo/content-security-policy.js';
import { lastUpdate } from './last-update.js';
import { runCli } from './run-cli.js';

/** A site whose reranker is one that our own kernels do not run. */
let folder: string;
let server: Server;
let url: string;
let printed: string;
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-look-onnx-'));
  const model = join(folder, 'model');
  await cp(join(import.meta.dirname, '../models/reranker-v1'), model, { recursive: true });
  const config = JSON.parse(await readFile(join(model, 'config.json'), 'utf8')) as object;
  await writeFile(join(model, 'config.json'), JSON.stringify({ ...config, model_type: 'another' }));
  const site = join(folder, 'site');
  for (const name of ['npm-unpublish', 'npm-publish'])
    await cp(
      join(import.meta.dirname, `../node_modules/npm/docs/output/commands/${name}.html`),
      join(site, `${name}.html`),
    );
  const { code, out, err } = await runCli({}, 'index', site, '--embedder', 'none', '--reranker', model);
  expect(code, err).toBe(0);
  printed = out;
  const files = sirv(site, {
    dev: true,
    setHeaders: (response) => {
      response.setHeader('Content-Security-Policy', contentSecurityPolicy);
    },
  });
  server = createServer((request, response) => files(request, response)).listen(0);
  await once(server, 'listening');
  url = `http://localhost:${(server.address() as AddressInfo).port}/npm-publish.html`;
});
test.afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

test('a model of another architecture runs on ONNX Runtime, which the index brings', async ({ page }) => {
  expect(printed).toMatch(/ONNX Runtime 14.\d MB/);
  expect(printed).toMatch(/runs on ONNX Runtime, .*another model_type than BERT/);
  const update = await lastUpdate(page, url, 'undo a publish');
  expect(update).toMatchObject({ stage: 'done', missing: [] });
  if (!('results' in update)) throw new Error(update.message);
  expect(update.progress!.read).toBeGreaterThan(3);
  expect(update.progress!.read).toBe(update.progress!.of);
});

test('where the runtime is missing it is named, and words still answer', async ({ page }) => {
  await page.route(/runtime\/.*\.wasm$/, (route) => route.fulfill({ status: 404 }));
  const update = await lastUpdate(page, url, 'unpublish');
  expect(update).toMatchObject({ stage: 'done', missing: [{ part: 'rerank' }] });
  if (!('results' in update)) throw new Error(update.message);
  expect(update.missing[0]!.reason).toMatch(/runtime\/ort-wasm.*HTTP 404/);
  expect(update.results[0]!.title).toBe('npm-unpublish');
});
