import { afterEach, expect, test, vi } from 'vitest';
import type { LabelledQuery } from '../protocol.js';
import { QuerySaver } from './query-saver.js';

afterEach(() => vi.unstubAllGlobals());

/** A server that answers in turn, slower for the first, and may be away. */
function stubServer(): { sent: string[]; away: boolean; awayAfter: number } {
  const server = { sent: [] as string[], away: false, awayAfter: Infinity };
  vi.stubGlobal('fetch', async (url: string, { method, body }: { method: string; body: string }) => {
    await new Promise((resolve) => setTimeout(resolve, server.sent.length === 0 ? 20 : 0));
    if (server.away || server.sent.length >= server.awayAfter) throw new TypeError('Failed to fetch');
    server.sent.push(`${method} ${url} ${body}`);
    return Response.json({ ...(JSON.parse(body) as object), id: 'q1' });
  });
  return server;
}

test('changes in a row are saved one after the other: one new query, then its updates', async () => {
  const { sent } = stubServer();
  const saved: LabelledQuery[] = [];
  const saver = new QuerySaver(
    () => undefined,
    (query) => saved.push(query),
  );
  const query: { text: string; relevant: string[]; id?: string } = { text: 'a', relevant: [] };
  saver.save(query);
  query.relevant = ['x'];
  saver.save(query);
  query.relevant = ['x', 'y'];
  saver.save(query);
  await saver.afterSaving(async () => undefined);
  expect(sent.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    'POST api/queries',
    'PUT api/queries/q1',
    'PUT api/queries/q1',
  ]);
  expect(saved.at(-1)).toEqual({ id: 'q1', text: 'a', relevant: ['x', 'y'] });
  expect([query.id, saver.saving, saver.unsaved.size]).toEqual(['q1', false, 0]);
});

test('what could not be saved is kept, said, and saved when it is tried again', async () => {
  const server = stubServer();
  const saver = new QuerySaver(
    () => undefined,
    () => undefined,
  );
  server.away = true;
  saver.save({ text: 'a', relevant: [] });
  await saver.afterSaving(async () => undefined);
  expect(saver.failure).toMatch(/The server does not answer\. Start "second-look label" again/);
  server.away = false;
  saver.retry();
  await saver.afterSaving(async () => undefined);
  expect([saver.failure, saver.unsaved.size, server.sent.length]).toEqual([undefined, 0, 1]);
});

test('a change that could not be saved is kept, though the one before it was', async () => {
  const server = stubServer();
  const saver = new QuerySaver(
    () => undefined,
    () => undefined,
  );
  server.awayAfter = 1;
  const query = { text: 'a', relevant: ['x'] };
  saver.save(query);
  saver.save(query);
  await saver.afterSaving(async () => undefined);
  expect([saver.failure !== undefined, saver.unsaved.has(query)]).toEqual([true, true]);
});
