import * as Comlink from 'comlink';
import { afterEach, expect, it, vi } from 'vitest';

vi.mock('comlink', () => ({ expose: vi.fn() }));
afterEach(() => vi.unstubAllGlobals());

it('answers once, though WebKit evaluates the script again for code that imports from it', async () => {
  const listeners: ((event: Pick<MessageEvent, 'ports'>) => void)[] = [];
  vi.stubGlobal('addEventListener', (_: string, listener: (typeof listeners)[number]) =>
    listeners.push(listener),
  );
  await import('./worker.js');
  vi.resetModules();
  await import('./worker.js');
  const { port1, port2 } = new MessageChannel();
  for (const listener of listeners) listener({ ports: [port1] });
  expect(Comlink.expose).toHaveBeenCalledTimes(1);
  port1.close();
  port2.close();
});
