import type { Browser, Page } from '@playwright/test';
import { type Answer, bytesOf, type StaticServer } from '../browser/serve.js';
import type { Driver, Shown } from './driver.js';
import type { System } from './systems.js';

/** What one visitor with an empty cache went through. */
export interface Visit {
  /** Bytes of the page with its scripts, before anybody searches. */
  pageBytes: number;
  /** Bytes until the first rows, without the models that come meanwhile: the rows do not wait for those. */
  rowBytes: number;
  /** Bytes in all that was asked for until then; `more` may wait for the rest. */
  allBytes: number;
  first: Shown;
}

/** What the first rows do without. */
const LATER = /\/second-look\/(embedder|reranker|runtime|vectors|codes|graph|models|read-|load-|open-)/;
/** How long nothing may come before it counts as over, in milliseconds. */
const QUIET = 300;

/**
 * Opens a page in a fresh browser context, asks the first query and hands the page over for more.
 * @param url where the server is reached: itself, or a slow line to it
 */
export async function visit(
  browser: Browser,
  { server, url, driver }: { server: StaticServer; url: string; driver: string },
  { page: path, drive }: System,
  query: string,
  until: 'rows' | 'done',
  more: (page: Page, visit: Visit) => Promise<void> = async () => undefined,
): Promise<Visit> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript({ content: driver });
    server.forget();
    await page.goto(`${url}/${path}`, { waitUntil: 'load' });
    await quiet(server.answers);
    const pageBytes = bytesOf(server.answers);
    const first = await page.evaluate(
      async ([parts, text, last]) => {
        const started = startDriver(parts);
        (globalThis as { driver?: Driver }).driver = started;
        return started.open(text, last);
      },
      [drive, query, until] as const,
    );
    const rowBytes = bytesOf(server.answers.filter((answer) => !LATER.test(answer.path)));
    const result = { pageBytes, rowBytes, allBytes: bytesOf(server.answers), first };
    await more(page, result);
    return result;
  } finally {
    await context.close();
  }
}

/** Asks more queries, one after another. */
export async function askMore(page: Page, queries: readonly string[]): Promise<Shown[]> {
  return page.evaluate(async (texts) => {
    const { driver } = globalThis as unknown as { driver: Driver };
    const shown: Shown[] = [];
    for (const text of texts) shown.push(await driver.ask(text));
    return shown;
  }, queries);
}

/** Waits until nothing has been asked for in a while. */
export async function quiet(answers: readonly Answer[], milliseconds = QUIET): Promise<void> {
  for (let seen = -1; seen !== answers.length;) {
    seen = answers.length;
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  }
}
