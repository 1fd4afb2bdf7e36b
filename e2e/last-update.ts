import type { Page } from '@playwright/test';
import type * as SecondLook from '../src/index.js';

/** Runs a query through the API on a page and returns its last update, or the error's code and message. */
export async function lastUpdate(
  page: Page,
  url: string,
  query: string,
): Promise<SecondLook.SearchUpdate | { code: string; message: string }> {
  await page.goto(url);
  return page.evaluate(async (query) => {
    const script = '/second-look/search.js';
    const { createSearch, SearchError } = (await import(script)) as typeof SecondLook;
    try {
      const search = await createSearch();
      let last: SecondLook.SearchUpdate | undefined;
      for await (const update of search.query(query)) last = update;
      return last!;
    } catch (error) {
      if (error instanceof SearchError) return { code: error.code, message: error.message };
      throw error;
    }
  }, query);
}
