import { expect, test } from '@playwright/test';
import { bundleScript } from '../bench/browser/bundle.js';
import './encoder/multiply-each-way.js';

test('a linear layer gives the same to the last bit, however a processor multiplies', async ({ page }) => {
  await page.goto('/favicon.svg');
  await page.evaluate(await bundleScript(new URL('encoder/multiply-each-way.ts', import.meta.url)));
  for (const rows of [1, 6, 7, 29]) {
    const ways = await page.evaluate((count) => multiplyEachWay(count, 64, 24), rows);
    test.skip(ways === undefined, 'This browser has no relaxed SIMD.');
    const [plain, ...others] = ways!;
    expect(plain).toHaveLength(rows * 24);
    expect(new Set(plain).size).toBeGreaterThan(rows * 12);
    for (const other of others) expect(other).toEqual(plain);
  }
});
