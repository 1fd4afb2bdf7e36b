import * as Comlink from 'comlink';
import { expect, it } from 'vitest';
import type { Context, ContextRequest, FromWorker, IndexInfo, WorkerApi } from '../protocol.js';
import { askContext } from './ask-context.js';

it('takes filters that a framework watches through a proxy', async () => {
  const asked: ContextRequest[] = [];
  const answer: Context = { passages: [], tokens: 0, counted: 'by estimate', missing: [] };
  const { port1, port2 } = new MessageChannel();
  const worker: Pick<WorkerApi, 'context'> = {
    context(request, port) {
      asked.push(request);
      port.postMessage({ type: 'update', update: answer } satisfies FromWorker<Context>);
    },
  };
  Comlink.expose(worker, port1);
  const api = Comlink.wrap<WorkerApi>(port2);
  const filters = new Proxy({ section: 'cli' }, {});
  const connection = { api, info: {} as IndexInfo, close: () => undefined };
  expect(await askContext(connection, { text: 'undo it', filters, maxTokens: 500 }, [])).toEqual(answer);
  expect(asked).toEqual([{ text: 'undo it', filters: { section: 'cli' }, maxTokens: 500 }]);
  port2.close();
});
