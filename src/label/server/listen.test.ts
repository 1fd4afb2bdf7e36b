import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallIndex } from '../../testing/small-index.js';
import type { LabelSheet, Pool, Refusal, Section } from '../protocol.js';
import { createLabelApi } from './label-api.js';
import { LabelStore } from './label-store.js';
import { listen } from './listen.js';

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

let folder: string;
let server: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-look-label-'));
  await writeFile(join(folder, 'index.html'), 'the page');
  const { index } = await smallIndex();
  const store = await LabelStore.open(join(folder, 'labels'));
  server = await listen(await createLabelApi(index, store, { folder: 'labels', command: 'eval' }), folder);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** A request with any headers: `fetch` sets some itself. */
function send(
  method: string,
  path: string,
  { body, headers }: { body?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: server.port, method, path, headers: headers ?? {} },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      },
    );
    sent.on('error', reject).end(body);
  });
}

const json = (value: unknown): { body: string; headers: Record<string, string> } => ({
  body: JSON.stringify(value),
  headers: { 'Content-Type': 'application/json' },
});
const bodyOf = async <T>(answer: Promise<Answer>): Promise<T> => JSON.parse((await answer).body) as T;

test('serves the page under a strict policy', async () => {
  const { status, headers, body } = await send('GET', '/');
  expect([status, body]).toEqual([200, 'the page']);
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect((await send('GET', '/nothing')).status).toBe(404);
  expect((await send('GET', '/../../package.json')).status).toBe(404);
});

test('answers this machine only: other names and other sites’ pages are refused', async () => {
  const as = (host: string): Promise<Answer> => send('GET', '/api/sheet', { headers: { Host: host } });
  for (const host of ['localhost', '127.0.0.1'])
    expect((await as(`${host}:${server.port}`)).status).toBe(200);
  for (const host of ['evil.example', `evil.example:${server.port}`, 'localhost', 'localhost:1'])
    expect((await as(host)).status).toBe(403);

  const draft = json({ text: 'words', relevant: [] });
  const from = (Origin: string): Promise<Answer> =>
    send('POST', '/api/queries', { ...draft, headers: { ...draft.headers, Origin } });
  for (const origin of [
    'https://evil.example',
    'null',
    'http://localhost:1',
    `https://127.0.0.1:${server.port}`,
  ])
    expect((await from(origin)).status).toBe(403);
  expect((await bodyOf<LabelSheet>(send('GET', '/api/sheet'))).queries).toEqual([]);
  expect((await from(`http://127.0.0.1:${server.port}`)).status).toBe(200);
  expect((await send('DELETE', '/api/queries/q1')).status).toBe(204);
});

test('bodies that are too long, no JSON, or not what was expected are refused with the reason', async () => {
  const refused = async (sent: ReturnType<typeof json>): Promise<string> => {
    const { status, body } = await send('POST', '/api/queries', sent);
    return `${status} ${(JSON.parse(body) as { error: string }).error}`;
  };
  const headers = { 'Content-Type': 'application/json' };
  expect(await refused(json({ text: 'a'.repeat(70_000), relevant: [] }))).toMatch(/^413 .* more than 64 kB/);
  expect(await refused({ body: '{"text":', headers })).toMatch(/^400 .* not JSON/);
  expect(await refused({ body: 'text=a', headers: { 'Content-Type': 'text/plain' } })).toMatch(/^415 /);
  expect(await refused({ body: '', headers })).toMatch(/^400 .* bad body/);
  expect(await refused(json({ text: ' ', relevant: [] }))).toMatch(/^400 .* bad text: expected a query/);
  expect(await refused(json({ text: 'a'.repeat(501), relevant: [] }))).toMatch(
    /^400 .* at most 500 characters/,
  );
  expect(await refused(json({ text: 'a', relevant: ['a\tb'] }))).toMatch(
    /^400 .*relevant\.0: .* without tabs/,
  );
  expect((await send('GET', '/api/secrets')).status).toBe(404);
  expect((await send('GET', '/api/%ff')).status).toBe(400);
  expect((await send('PUT', '/api/queries/q99', json({ text: 'a', relevant: [] }))).body).toMatch(
    /no query .*q99/,
  );
});

test('a query is written, found, marked and deleted', async () => {
  const pool = await bodyOf<Pool>(send('POST', '/api/pool', json({ text: 'undo a publish', relevant: [] })));
  const { id } = pool.sections.find((section: Section) => section.title === 'npm-unpublish')!;
  const added = await bodyOf<{ id: string }>(
    send('POST', '/api/queries', json({ text: '  undo\n a publish ', relevant: [id] })),
  );
  expect(added).toEqual({ id: 'q1', text: 'undo a publish', relevant: [id] });
  await send('PUT', `/api/queries/${added.id}`, json({ text: 'undo it', relevant: [] }));
  expect((await bodyOf<LabelSheet>(send('GET', '/api/sheet'))).queries).toEqual([
    { id: 'q1', text: 'undo it', relevant: [] },
  ]);
  expect((await send('DELETE', `/api/queries/${added.id}`)).status).toBe(204);
  // Every section of this site is too short.
  expect((await send('POST', '/api/suggestion')).status).toBe(404);
});

test('a change on top of someone else’s is refused with what to do', async () => {
  const queries = join(folder, 'labels/queries.jsonl');
  const post = (): Promise<Answer> => send('POST', '/api/queries', json({ text: 'words', relevant: [] }));
  expect((await post()).status).toBe(200);
  const before = await readFile(queries, 'utf8');
  await appendFile(queries, '{"_id":"mine","text":"by hand"}\n');
  const { status, body } = await post();
  expect(status).toBe(409);
  expect((JSON.parse(body) as Refusal).error).toMatch(
    /^Something else has changed .*queries\.jsonl.*Restart "second-look label"/,
  );
  await writeFile(queries, before);
  expect((await post()).status).toBe(200);
});

test('a port that is taken is named; without one, the next is taken', async () => {
  const api = async (): Promise<unknown> => undefined;
  await expect(listen(api, folder, server.port)).rejects.toThrow(
    new RegExp(`Port ${server.port} is taken: name another with --port`),
  );
  const other = await listen(api, folder);
  expect(other.port).toBeGreaterThan(server.port);
  await other.close();
});
