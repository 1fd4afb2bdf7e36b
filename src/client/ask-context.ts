import * as Comlink from 'comlink';
import { type Context, type ContextRequest, SearchError } from '../protocol.js';
import { badOption } from './bad-option.js';
import { checkRequest } from './check-request.js';
import type { Connection } from './connection.js';
import { plain } from './plain.js';
import { readUpdates } from './update-stream.js';

/**
 * Asks for passages for a language model.
 * @throws SearchError `bad-option`; the reason of the signal that is aborted first
 */
export async function askContext(
  { api }: Connection,
  { text, filters, rerank, maxTokens }: ContextRequest,
  signals: readonly (AbortSignal | undefined)[],
): Promise<Context> {
  if (typeof text !== 'string' || text.trim() === '') throw badOption('The question', text, 'a text');
  checkRequest({ filters, rerank, maxTokens });
  for (const signal of signals) signal?.throwIfAborted();
  const { port1, port2 } = new MessageChannel();
  const onAbort = (event: Event): void => stream.stop((event.target as AbortSignal).reason);
  const stream = readUpdates<Context>(port1, () => {
    for (const signal of signals) signal?.removeEventListener('abort', onAbort);
  });
  for (const signal of signals) signal?.addEventListener('abort', onAbort);
  const asked = plain<ContextRequest>({ text, filters, rerank, maxTokens });
  void api.context(asked, Comlink.transfer(port2, [port2]));
  for await (const context of stream.updates) return context;
  throw new SearchError('worker-failed', 'The search worker ended without an answer.');
}
