import type { Page } from '@playwright/test';
import type { Bench, Row } from './bench.js';
import { launch } from './browser/launch.js';
import { rendererMemory } from './browser/renderer-memory.js';
import { serve } from './browser/serve.js';
import { prepareSite } from './page/prepare-site.js';
import { npmDocs, type Site } from './page/sites.js';
import { SYSTEMS } from './page/systems.js';

const QUERIES = 10;
/** Models are let go after five minutes; the browser takes a little to give the memory back. */
const IDLE = 5 * 60e3 + 30e3;

/** What the search takes of a visitor's memory: by words, with the models, and once they have rested. */
export const memory: Bench = async ({ progress }) => {
  const site = await npmDocs();
  const folder = await prepareSite(site, progress);
  const [withModels, words] = SYSTEMS.filter(({ ours }) => ours);
  progress('Typing into the box without models');
  const [before] = await memoryOf(folder, words!.page, site, []);
  progress('Typing into the box with models, then waiting for five minutes');
  const [used, rested] = await memoryOf(folder, withModels!.page, site, [IDLE]);
  const rows = [
    { system: 'words only', memory: before },
    { system: 'both models, in use', memory: used },
    { system: 'both models, after five idle minutes', memory: rested },
  ].map(({ system, memory = NaN }): Row => ({ system, ours: true, figures: { memory: memory / 2 ** 20 } }));
  const added = (row: number): string => (rows[row]!.figures.memory! - rows[0]!.figures.memory!).toFixed();
  return {
    line: `both models add ${added(1)} MiB to a page that searches by words, and ${added(2)} MiB after five idle minutes`,
    tables: [
      {
        title: 'Memory',
        about: `The renderer process's resident set, page and browser code included, after ${QUERIES} queries on ${site.name}, each in a fresh Chromium.`,
        columns: [{ key: 'memory', label: 'memory, MiB', better: 'lower' }],
        rows,
      },
    ],
    skipped: [],
    versions: {},
  };
};

/** Memory after the queries, and after each of the waits, in ms. */
async function memoryOf(
  folder: string,
  path: string,
  { queries }: Site,
  waits: readonly number[],
): Promise<(number | undefined)[]> {
  const server = await serve(folder);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}/${path}`);
    await page.locator('second-look').getByRole('button', { name: 'Search' }).click();
    for (const query of queries.slice(0, QUERIES)) await search(page, query);
    const sizes = [await rendererMemory(browser, 'VmRSS')];
    for (const wait of waits) {
      await page.waitForTimeout(wait);
      sizes.push(await rendererMemory(browser, 'VmRSS'));
    }
    return sizes;
  } finally {
    await browser.close();
    await server.close();
  }
}

async function search(page: Page, query: string): Promise<void> {
  const ended = page.evaluate(
    () => new Promise((resolve) => addEventListener('second-look-searched', resolve, { once: true })),
  );
  await page.locator('second-look').getByRole('combobox').fill(query);
  await ended;
}
