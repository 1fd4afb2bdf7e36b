import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import { HttpError } from './http-error.js';

/** Longest body, in bytes. */
export const MAX_BODY = 64_000;

/** Reads a request's body as JSON; undefined where it has none. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY) throw new HttpError(413, `The request has more than ${MAX_BODY / 1000} kB.`);
    chunks.push(chunk);
  }
  if (bytes === 0) return undefined;
  // A form on another site's page could send any other type without the browser asking first.
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    throw new HttpError(415, 'The request is not application/json.');
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    throw new HttpError(400, 'The request is not JSON: it is cut short.');
  }
}

/** A body as the schema has it. */
export function checked<Output>(schema: v.GenericSchema<unknown, Output>, body: unknown): Output {
  const read = v.safeParse(schema, body);
  if (read.success) return read.output;
  const issue = read.issues[0];
  throw new HttpError(400, `The request has a bad ${v.getDotPath(issue) ?? 'body'}: ${issue.message}.`);
}
