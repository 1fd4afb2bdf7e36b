// Takes the pictures that one looks at before a change to the box is done: npm run screenshots -- FOLDER
// README.md shows one of them (docs/screenshot.png).
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { findBrowser } from './find-browser.mjs';

const folder = process.argv[2] ?? 'test-results/screenshots';
const wide = { width: 1280, height: 860 };
const phone = { width: 390, height: 780 };
const shots = [
  {
    name: 'light',
    query: 'use a private registry for one scope',
    context: { colorScheme: 'light', viewport: wide },
  },
  {
    name: 'dark',
    query: 'why is my install so slow in ci',
    context: { colorScheme: 'dark', viewport: wide },
  },
  {
    name: 'phone',
    query: 'how do I run a script before install',
    context: { colorScheme: 'light', viewport: phone, isMobile: true },
  },
  { name: 'rtl', query: 'undo a publish', context: { colorScheme: 'dark', viewport: wide }, rtl: true },
  { name: 'empty', query: '', context: { colorScheme: 'light', viewport: wide } },
  {
    name: 'nothing',
    query: 'zzzyyyxxx',
    context: { colorScheme: 'dark', viewport: wide },
    withoutModels: true,
  },
  {
    name: 'no-index',
    query: 'install',
    context: { colorScheme: 'light', viewport: phone },
    withoutIndex: true,
  },
];

await mkdir(folder, { recursive: true });
const server = await preview({ preview: { port: 4391, strictPort: true } });
const browser = await chromium.launch({ executablePath: findBrowser() });
for (const { name, query, context, rtl, withoutModels, withoutIndex } of shots) {
  const page = await browser.newPage({ ...context, deviceScaleFactor: 1.5 });
  if (withoutModels) await page.route(/\.onnx$/, (route) => route.abort());
  if (withoutIndex) await page.route(/manifest\.json$/, (route) => route.fulfill({ status: 404 }));
  await page.goto('http://localhost:4391/docs/commands/npm-ci.html');
  if (rtl) await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('combobox').fill(query);
  if (!query || withoutModels || withoutIndex) await page.waitForTimeout(2000);
  else await page.getByText(/all \d+ passages read/).waitFor({ timeout: 60_000 });
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}
await browser.close();
await server.close();
