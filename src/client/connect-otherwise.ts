import { SearchError } from '../protocol.js';
import workerUrl from '../worker/worker.ts?worker&url';
import { connectWorker, type Connection, type ConnectOptions, infoOf } from './connection.js';

/**
 * The ways to an index where the worker does not start from its own script: browsers refuse one of another origin, such
 * as a CDN's, and take a script of the page's own that imports it. Else the page itself answers, from keywords alone.
 * @param reason why it did not start
 */
export async function connectOtherwise(options: ConnectOptions, reason: string): Promise<Connection> {
  const { href, origin } = new URL(workerUrl, import.meta.url);
  if (origin === location.origin) return connectInPage(options, reason);
  const url = URL.createObjectURL(new Blob([scriptThatImports(href)], { type: 'text/javascript' }));
  try {
    return await connectWorker(options, () => new Worker(url, { type: 'module' }));
  } catch (error) {
    if (error instanceof SearchError && error.code !== 'worker-failed') throw error;
    const advice = `Let the page's Content-Security-Policy say "worker-src blob: ${origin}" and name ${origin} in script-src.`;
    return await connectInPage(options, `${reason} ${advice}`);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * A worker's script that takes over another one, whose messages wait until it listens. A static import would do without,
 * but counts as a worker's script before a Content-Security-Policy, so that `worker-src` would have to name the other
 * origin everywhere, and not in Firefox alone.
 */
function scriptThatImports(url: string): string {
  return `const early = [];
const keep = (event) => early.push(event);
addEventListener('message', keep);
import(${JSON.stringify(url)}).then(
  () => {
    removeEventListener('message', keep);
    early.forEach((event) => dispatchEvent(event));
  },
  (error) => setTimeout(() => { throw error; }),
);`;
}

/** A model would block the page for as long as it runs. */
async function connectInPage(options: ConnectOptions, reason: string): Promise<Connection> {
  const { createInPageApi } = await import('../worker/in-page.js');
  const api = createInPageApi(reason);
  const info = infoOf(await api.open(options, options.onStatus));
  return { info, api, close: () => undefined };
}
