import { createInPageApi } from '../worker/in-page.js';
import { type Connection, type ConnectOptions, infoOf } from './connection.js';

/** Opens an index in the page itself: by keywords alone, and with the reason why. */
export async function connectInPage(options: ConnectOptions, reason: string): Promise<Connection> {
  const api = createInPageApi(reason);
  const info = infoOf(await api.open(options, options.onStatus));
  return { info, api, close: () => undefined };
}
