import type { Bench, Table } from './bench.js';
import { bundleScript } from './browser/bundle.js';
import { launch } from './browser/launch.js';
import { installedVersion } from './installed-version.js';
import { measureSite, type SystemFigures } from './page/measure-site.js';
import { prepareSite } from './page/prepare-site.js';
import { npmDocs, pythonDocs } from './page/sites.js';
import { firstVisitTable, stagesTable, warmTable } from './page/tables.js';

/** What a search costs a visitor, in bytes and in time, beside Pagefind on the same pages. */
export const page: Bench = async ({ progress }) => {
  const tables: Table[] = [];
  const lines: string[] = [];
  const skipped: string[] = [];
  const driver = await bundleScript(new URL('page/driver.ts', import.meta.url));
  const browser = await launch();
  for (const site of [await npmDocs(), await pythonDocs()]) {
    if ('absent' in site) {
      skipped.push(site.absent);
      continue;
    }
    const folder = await prepareSite(site, progress);
    progress(`${site.name}: visiting`);
    const figures = await measureSite(browser, site, folder, driver, progress);
    const { length } = site.queries.slice(1);
    tables.push(
      firstVisitTable(site.name, figures),
      stagesTable(site.name, figures),
      warmTable(site.name, length, figures),
    );
    lines.push(`${site.name}: ${comparison(figures)}`);
  }
  const versions = { pagefind: installedVersion('pagefind'), chromium: browser.version() };
  await browser.close();
  return { line: lines.join('; '), tables, skipped, versions };
};

/** The box against Pagefind's recommended one, to the first rows. */
function comparison(figures: readonly SystemFigures[]): string {
  const [ours, theirs] = ['second-look, box', 'Pagefind, Component UI'].map((name) => {
    const { cold, slow } = figures.find(({ system }) => system.name === name)!;
    return `${name} ${(cold.rowBytes / 1000).toFixed()} kB, ${cold.first.rows?.toFixed() ?? '–'} ms (4G ${slow.rows?.toFixed() ?? '–'} ms)`;
  });
  return `first rows: ${ours}; ${theirs}`;
}
