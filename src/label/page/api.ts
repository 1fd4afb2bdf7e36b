import type { LabelledQuery, LabelSheet, Pool, QueryDraft, Refusal, Section } from '../protocol.js';

/** What the page asks of its server. Each rejects with an error whose message is meant for people. */
export const api = {
  sheet: (): Promise<LabelSheet> => ask('GET', 'sheet'),
  pool: (draft: QueryDraft, signal: AbortSignal): Promise<Pool> => ask('POST', 'pool', draft, signal),
  suggestion: (): Promise<Section> => ask('POST', 'suggestion'),
  add: (draft: QueryDraft): Promise<LabelledQuery> => ask('POST', 'queries', draft),
  update: (id: string, draft: QueryDraft): Promise<LabelledQuery> =>
    ask('PUT', `queries/${encodeURIComponent(id)}`, draft),
  remove: (id: string): Promise<void> => ask('DELETE', `queries/${encodeURIComponent(id)}`),
};

async function ask<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`api/${path}`, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json' },
      }),
      ...(signal && { signal }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw new Error(
      'The server does not answer. Start "second-look label" again, with the same port, then try again.',
      { cause: error },
    );
  }
  if (response.status === 204) return undefined as T;
  const answer = (await response.json()) as unknown;
  if (!response.ok) throw new Error((answer as Refusal).error);
  return answer as T;
}
