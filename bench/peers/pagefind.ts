import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from '@playwright/test';
import { PACKAGE_ROOT } from '../../src/indexer/package-root.js';
import { serve, type StaticServer } from '../browser/serve.js';

/** Starlight's ranking, set for documentation; Pagefind's docs leave ranking to the site. */
export const STARLIGHT_RANKING = {
  pageLength: 0.1,
  termFrequency: 0.1,
  termSaturation: 2,
  termSimilarity: 9,
};

/** Where a site's content is, and what in it is none. */
export interface PagefindSite {
  site: string;
  content: string;
  leaveOut?: string;
}

/** As its docs say: the content is pointed out, and the language, where pages do not say it: without, none is stemmed. */
export function pagefindArguments({ site, content, leaveOut }: PagefindSite, out: string): string[] {
  return [
    ...['--site', site],
    ...['--output-path', out],
    ...['--root-selector', content],
    ...(leaveOut === undefined ? [] : ['--exclude-selectors', leaveOut]),
    ...['--force-language', 'en'],
    '--silent',
  ];
}

/** Pagefind's own program, without the script that npm starts it by. */
export async function pagefindBinary(): Promise<string> {
  const require = createRequire(import.meta.url);
  for (const name of ['pagefind_extended', 'pagefind', 'pagefind_extended.exe', 'pagefind.exe']) {
    const platform = process.platform === 'win32' ? 'windows' : process.platform;
    try {
      return require.resolve(`@pagefind/${platform}-${process.arch}/bin/${name}`);
    } catch {
      continue;
    }
  }
  throw new Error('Pagefind has no program for this machine: npm install --include=optional.');
}

/** Indexes a site into `<folder>/pagefind`. */
export async function indexWithPagefind(site: PagefindSite, folder: string): Promise<void> {
  const runner = join(PACKAGE_ROOT, 'node_modules', 'pagefind', 'lib', 'runner', 'bin.cjs');
  await promisify(execFile)(process.execPath, [runner, ...pagefindArguments(site, join(folder, 'pagefind'))]);
}

/** Pagefind in a page of a browser. */
export interface OpenPagefind {
  /** URLs of pages relative to the site, best first, for each query. */
  search: (queries: readonly string[], limit: number) => Promise<string[][]>;
  /** Counts what Pagefind loads. */
  server: StaticServer;
  close: () => Promise<void>;
}

/** What its JavaScript API has, as far as it is used here. */
interface PagefindModule {
  options: (options: { ranking?: typeof STARLIGHT_RANKING }) => Promise<void>;
  search: (query: string) => Promise<{ results: { id: string; data: () => Promise<{ url: string }> }[] }>;
}

declare global {
  interface Window {
    pagefind?: PagefindModule;
  }
}

/** Serves a folder that has an index in `pagefind/` and opens it through Pagefind's JavaScript API. */
export async function openPagefind(
  browser: Browser,
  folder: string,
  options: { ranking?: typeof STARLIGHT_RANKING } = {},
): Promise<OpenPagefind> {
  const server = await serve(folder);
  const page = await browser.newPage();
  // Any address of the site will do to import its modules.
  await page.goto(`${server.url}/pagefind/pagefind-entry.json`);
  // As text: Vite would rewrite an import() in a function.
  await page.addScriptTag({
    type: 'module',
    content: "window.pagefind = await import('/pagefind/pagefind.js')",
  });
  await page.waitForFunction(() => window.pagefind !== undefined);
  await page.evaluate((given) => window.pagefind!.options(given), options);
  return {
    server,
    search: (queries, limit) => page.evaluate(searchInPage, { queries, limit }),
    close: async () => {
      await page.close();
      await server.close();
    },
  };
}

/** Runs in the page. */
async function searchInPage({
  queries,
  limit,
}: {
  queries: readonly string[];
  limit: number;
}): Promise<string[][]> {
  const rankings: string[][] = [];
  for (const query of queries) {
    const { results } = await window.pagefind!.search(query);
    const pages = await Promise.all(results.slice(0, limit).map((result) => result.data()));
    rankings.push(pages.map((page) => page.url.replace(/^\//, '')));
  }
  return rankings;
}
