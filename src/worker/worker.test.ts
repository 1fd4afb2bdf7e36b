import * as Comlink from 'comlink';
import { expect, it, vi } from 'vitest';

vi.mock('comlink', () => ({ expose: vi.fn() }));

it('answers once, though WebKit evaluates the script again for code that imports from it', async () => {
  await import('./worker.js');
  vi.resetModules();
  await import('./worker.js');
  expect(Comlink.expose).toHaveBeenCalledTimes(1);
});
