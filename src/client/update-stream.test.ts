import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FromWorker, SearchError, type SearchUpdate } from '../protocol.js';
import { readUpdates, type UpdateStream } from './update-stream.js';

const update = (query: string): SearchUpdate => ({ query, stage: 'keyword', results: [], missing: [] });

describe('readUpdates', () => {
  let worker: MessagePort;
  let stream: UpdateStream;
  let heard: unknown[];
  beforeEach(() => {
    const { port1, port2 } = new MessageChannel();
    worker = port2;
    heard = [];
    worker.onmessage = ({ data }) => void heard.push(data);
    stream = readUpdates(port1);
  });
  afterEach(() => worker.close());

  const post = (...messages: FromWorker[]): void =>
    messages.forEach((message) => worker.postMessage(message));
  const posted = (...queries: string[]): void =>
    post(...queries.map((query): FromWorker => ({ type: 'update', update: update(query) })));
  /** Long enough for messages under way to arrive on either side. */
  const delivery = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
  const rest = async (): Promise<string[]> => {
    const queries: string[] = [];
    for await (const { query } of stream.updates) queries.push(query);
    return queries;
  };

  it('hands over each update as it comes, until the worker ends', async () => {
    const first = stream.updates.next();
    posted('a');
    expect((await first).value).toEqual(update('a'));
    const second = stream.updates.next();
    posted('b');
    expect((await second).value).toEqual(update('b'));
    post({ type: 'end' });
    expect(await rest()).toEqual([]);
  });

  it('gives a slow reader the latest update, and not the ones before', async () => {
    posted('a', 'b', 'c');
    await delivery();
    post({ type: 'end' });
    expect(await rest()).toEqual(['c']);
  });

  it('gives the last update even where the end has come already', async () => {
    posted('a');
    post({ type: 'end' });
    await delivery();
    expect(await rest()).toEqual(['a']);
  });

  it("throws the worker's error as a SearchError with its code, after the last update", async () => {
    posted('a');
    post({ type: 'error', error: { code: 'damaged-file', message: 'keywords.bin is damaged.' } });
    await delivery();
    expect((await stream.updates.next()).value).toEqual(update('a'));
    const error: unknown = await stream.updates.next().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SearchError);
    expect(error).toMatchObject({ code: 'damaged-file', message: 'keywords.bin is damaged.' });
    expect(await stream.updates.next()).toEqual({ done: true, value: undefined });
  });

  it('ends quietly when it is stopped, drops updates under way, and tells the worker', async () => {
    posted('a');
    await delivery();
    stream.stop();
    posted('b');
    expect(await rest()).toEqual([]);
    await delivery();
    expect(heard).toEqual([{ type: 'cancel' }]);
  });

  it('ends a reader that is waiting when it is stopped', async () => {
    const waiting = stream.updates.next();
    stream.stop();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('throws the error that it is stopped with, to a waiting reader and to one that comes later', async () => {
    const aborted = new DOMException('The visitor left.', 'AbortError');
    const waiting = stream.updates.next();
    stream.stop(aborted);
    await expect(waiting).rejects.toBe(aborted);

    const later = readUpdates(new MessageChannel().port1);
    later.stop(aborted);
    await expect(later.updates.next()).rejects.toBe(aborted);
  });

  it('cancels the query once when the reader leaves the loop', async () => {
    posted('a');
    for await (const { query } of stream.updates) {
      expect(query).toBe('a');
      break;
    }
    await delivery();
    expect(heard).toEqual([{ type: 'cancel' }]);
    stream.stop();
    await delivery();
    expect(heard).toHaveLength(1);
  });

  it('cancels nothing that has ended by itself', async () => {
    post({ type: 'end' });
    expect(await rest()).toEqual([]);
    stream.stop(new Error('too late'));
    await delivery();
    expect(heard).toEqual([]);
  });
});
