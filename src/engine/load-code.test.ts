import { expect, it } from 'vitest';
import { loadCode } from './load-code.js';

it('gives the code, or an error that a part tries again', async () => {
  expect(await loadCode('code.js', () => Promise.resolve({ answer: 42 }))).toEqual({ answer: 42 });
  const failed = (): Promise<never> =>
    Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
  await expect(loadCode('code.js', failed)).rejects.toMatchObject({
    code: 'missing-file',
    message: expect.stringMatching(/code\.js.*Failed to fetch/) as string,
  });
});
