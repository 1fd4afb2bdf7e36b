import type { Browser, Page } from '@playwright/test';
import { percentile } from '../src/evaluate/measures.js';
import type { Bench, Row, Table } from './bench.js';
import { bundleScript } from './browser/bundle.js';
import { launch } from './browser/launch.js';
import { mainThreadTasks } from './browser/main-thread-tasks.js';
import { serve } from './browser/serve.js';
import { installedVersion } from './installed-version.js';
import { prepareSite } from './page/prepare-site.js';
import { npmDocs, pythonDocs, type Site } from './page/sites.js';
import { SYSTEMS } from './page/systems.js';

/** Between two keys, in ms: a quick typist. */
const KEY_DELAY = 80;

/** And where each key meets a second look that is reading: after its pause, before it is done. */
const SLOW_KEY_DELAY = 250;
/** Queries that are typed slowly. */
const SLOW = 4;

/** A frame, in ms. */
const FRAME = 16;
/** Queries that are typed once more while Chromium traces what the page does, which costs time of its own. */
const TRACED = 3;

/** How the box feels as one types into it: keys to rows, shifts of the layout, and answers to keys while it reads. */
export const box: Bench = async ({ progress }) => {
  const tables: Table[] = [];
  const skipped: string[] = [];
  const browser = await launch();
  const script = await bundleScript(new URL('box/watch.ts', import.meta.url));
  for (const site of [await npmDocs(), await pythonDocs()]) {
    if ('absent' in site) {
      skipped.push(site.absent);
      continue;
    }
    const folder = await prepareSite(site, progress);
    const rows: Row[] = [];
    for (const system of SYSTEMS.filter(({ ours, drive }) => ours && typeof drive === 'object')) {
      progress(`${site.name}: typing into ${system.name}`);
      const figures = await typed(browser, folder, system.page, script, site);
      rows.push({ system: system.name, ours: true, note: system.note, figures });
    }
    tables.push(tableOf(site, rows));
  }
  const versions = { 'web-vitals': installedVersion('web-vitals'), chromium: browser.version() };
  await browser.close();
  return { line: tables.map(lineOf).join('; '), tables, skipped, versions };
};

async function typed(
  browser: Browser,
  folder: string,
  path: string,
  script: string,
  { queries }: Site,
): Promise<Record<string, number>> {
  const server = await serve(folder, { isolated: true });
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript({ content: script });
    await page.goto(`${server.url}/${path}`);
    await page.locator('second-look').getByRole('button', { name: 'Search' }).click();
    const [first = '', ...others] = queries;
    await type(page, first);
    await settled(page);
    await page.evaluate(() => watchBox());
    for (const query of others) {
      await type(page, query);
      await settled(page);
    }
    const { rows } = await page.evaluate(() => watched);
    await page.evaluate(() => (watched.rows = []));
    for (const query of others.slice(0, SLOW)) {
      await type(page, query, SLOW_KEY_DELAY);
      await settled(page);
    }
    const { rows: slow, cls, inp, longest } = await page.evaluate(() => watched);
    const tasks = await mainThreadTasks(browser, page, async () => {
      for (const query of others.slice(0, TRACED)) {
        await type(page, query);
        await settled(page);
      }
    });
    return {
      keys: rows.length,
      p50: percentile(rows, 0.5),
      p95: percentile(rows, 0.95),
      slowP50: percentile(slow, 0.5),
      slowP95: percentile(slow, 0.95),
      ...{ cls, inp, longest },
      longestCpu: Math.max(...tasks.map(({ cpu }) => cpu)),
      overByCpu: tasks.filter(({ cpu }) => cpu > FRAME).length,
      overByClock: tasks.filter(({ clock }) => clock > FRAME).length,
    };
  } finally {
    await context.close();
    await server.close();
  }
}

/** Types over what is there, key by key. */
async function type(page: Page, query: string, delay = KEY_DELAY): Promise<void> {
  const field = page.locator('second-look').getByRole('combobox');
  await field.selectText();
  await field.pressSequentially(query, { delay });
}

/** Waits until nothing more comes. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('second-look')?.session.update?.stage === 'done',
    undefined,
    { timeout: 120_000 },
  );
}

function tableOf({ name, queries }: Site, rows: Row[]): Table {
  return {
    title: `Typing: ${name}`,
    about:
      `${queries.length - 1} queries typed key by key, ${KEY_DELAY} ms apart, into the box of a warm page of Chromium. ` +
      `From a key to its rows by words painted; ${SLOW} of the queries also ${SLOW_KEY_DELAY} ms apart, where each key meets a second look that reads. CLS and INP by web-vitals, over the whole visit with its first query. ` +
      `Tasks of the main thread: traced, over ${TRACED} of the queries. By the clock they wait for a core where the worker, the compositor and the rasteriser want one.`,
    columns: [
      { key: 'keys', label: 'keys', better: 'higher' },
      { key: 'p50', label: 'key to rows, median, ms', better: 'lower', digits: 1 },
      { key: 'p95', label: 'p95, ms', better: 'lower', digits: 1 },
      { key: 'slowP50', label: `keys ${SLOW_KEY_DELAY} ms apart: median, ms`, better: 'lower', digits: 1 },
      { key: 'slowP95', label: 'their p95, ms', better: 'lower', digits: 1 },
      { key: 'inp', label: 'INP, ms', better: 'lower' },
      { key: 'cls', label: 'CLS', better: 'lower', digits: 3 },
      { key: 'longest', label: 'longest task, ms', better: 'lower' },
      { key: 'longestCpu', label: 'longest of CPU, ms', better: 'lower', digits: 1 },
      { key: 'overByCpu', label: `tasks over ${FRAME} ms of CPU`, better: 'lower' },
      { key: 'overByClock', label: 'and by the clock', better: 'lower' },
    ],
    rows,
  };
}

function lineOf({ title, rows }: Table): string {
  const [{ figures }] = rows as [Row];
  return `${title}: rows ${figures.p50!.toFixed()} ms (p95 ${figures.p95!.toFixed()}), INP ${figures.inp!.toFixed()} ms, CLS ${figures.cls!.toFixed(3)}`;
}
