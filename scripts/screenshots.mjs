// Takes the pictures that one looks at before a change to the box is done: npm run screenshots -- FOLDER
// Every state of the gallery in every look, and searches of the demo; README.md shows one of these (docs/screenshot.png).
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { findBrowser } from './find-browser.mjs';

const folder = process.argv[2] ?? 'test-results/screenshots';
const wide = { width: 1280, height: 860 };
const phone = { width: 390, height: 780 };
const searches = [
  { name: 'search', query: 'use a private registry for one scope', colorScheme: 'light', viewport: wide },
  { name: 'search-dark', query: 'why is my install so slow in ci', colorScheme: 'dark', viewport: wide },
  {
    name: 'search-phone',
    query: 'how do I run a script before install',
    colorScheme: 'light',
    viewport: phone,
  },
];
const looks = {
  light: { theme: 'light' },
  dark: { theme: 'dark' },
  rtl: { theme: 'light', dir: 'rtl', lang: 'ar' },
  phone: { theme: 'dark', viewport: phone },
  forced: { theme: 'dark', forcedColors: 'active' },
};

const server = await preview({ preview: { port: 4391, strictPort: true } });
const browser = await chromium.launch({ executablePath: findBrowser() });
const site = 'http://localhost:4391';
await mkdir(folder, { recursive: true });

for (const { name, query, ...context } of searches) {
  const page = await browser.newPage({ ...context, deviceScaleFactor: 1.5 });
  await page.goto(`${site}/docs/commands/npm-ci.html`);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('combobox').fill(query);
  await page.getByText(/all \d+ passages read|better order/).waitFor({ timeout: 60_000 });
  const better = page.getByRole('button', { name: 'Show it' });
  if (await better.isVisible()) await better.click();
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}

for (const [
  look,
  { viewport = { width: 760, height: 620 }, forcedColors = 'none', ...asked },
] of Object.entries(looks)) {
  const page = await browser.newPage({
    viewport,
    forcedColors,
    colorScheme: asked.theme,
    reducedMotion: 'reduce',
  });
  await page.goto(`${site}/gallery/`);
  const states = await page.locator('main').getAttribute('data-states');
  for (const state of states.split('; ')) {
    await page.goto(`${site}/gallery/state.html?${new URLSearchParams({ state, ...asked })}`);
    await page.locator('html[data-ready]').waitFor();
    await page.screenshot({ path: join(folder, `${look}-${state.replaceAll(/\W+/g, '-')}.png`) });
  }
  await page.close();
}
await browser.close();
await server.close();
