import { expect, type Page, test } from '@playwright/test';
import type * as SecondLook from '../src/index.js';

const SCRIPT = '/second-look/search.js';
const QUERY = 'use a private registry for one scope';

test('with four cores the second look is tried on two workers, and finds the same', async ({ page }) => {
  const lanes: string[] = [];
  page.context().on('request', (request) => {
    if (/\/lane\.\w+\.js$/.test(request.url())) lanes.push(request.url());
  });
  // Only the worker asks how many cores there are; it does so when it has read for the first time.
  page.on('worker', (worker) => {
    void worker.evaluate(() => Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 }));
  });
  await page.goto('/');
  const { before, after, device, told } = await searchTwice(page);
  expect(told).toEqual(device);
  expect(device.kind).toBe('wasm');
  expect(device.reason).toContain('there is no WebGPU');
  // Two cores that do something else beside may be no faster than one: then it says so.
  if (device.lanes === 1) expect(device.reason).toMatch(/it takes \d\.\d+ times as long/);
  else expect(device.lanes).toBe(2);
  expect(lanes).toHaveLength(1);
  expect(after).toEqual(before);
});

test('with two cores one worker reads, and the status and the update say why', async ({ page }) => {
  page.on('worker', (worker) => {
    void worker.evaluate(() => Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 }));
  });
  await page.goto('/');
  const { before, after, device, told } = await searchTwice(page);
  expect(told).toEqual(device);
  expect(device).toEqual({
    kind: 'wasm',
    lanes: 1,
    reason: 'there is no WebGPU; 2 processor cores are too few to read on several',
  });
  expect(after).toEqual(before);
});

/** The results and their probabilities, read by a worker that has just begun and by one that has chosen its device. */
async function searchTwice(
  page: Page,
): Promise<{ before: unknown[]; after: unknown[]; device: SecondLook.ModelDevice; told: unknown }> {
  return page.evaluate(
    async ([script, query]) => {
      const { createSearch } = (await import(script)) as typeof SecondLook;
      let told: unknown;
      const read = async (search: SecondLook.Search): Promise<unknown[]> => {
        let last: SecondLook.SearchUpdate | undefined;
        for await (last of search.query(query, { rerank: { candidates: 8 } }));
        told ??= last!.progress?.device;
        return last!.results.flatMap(({ sections }) => sections.map(({ url, why }) => [url, why.rerank]));
      };
      let chosen: (device: SecondLook.ModelDevice) => void;
      const choice = new Promise<SecondLook.ModelDevice>((resolve) => (chosen = resolve));
      const search = await createSearch({
        models: 'on',
        onStatus: (status) => status.device && chosen(status.device),
      });
      search.preload();
      const device = await choice;
      const after = await read(search);
      search.dispose();
      // Another language is another worker.
      const other = await createSearch({ models: 'on', language: 'en-US' });
      const before = await read(other);
      other.dispose();
      return { before, after, device, told };
    },
    [SCRIPT, QUERY] as const,
  );
}
