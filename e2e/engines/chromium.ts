import { chromium as playwright } from '@playwright/test';
import { findBrowser } from '../../scripts/find-browser.mjs';
import type { Engine } from './engine.js';
import { playwrightVisit } from './playwright-visit.js';

const executablePath = findBrowser();

/** The Chromium that the other tests run in: what one engine is held to, all are. */
export const chromium: Engine = {
  name: 'Chromium',
  missing: executablePath === undefined ? 'there is no Chromium here; run npm run e2e once' : undefined,
  async start() {
    const browser = await playwright.launch(executablePath === undefined ? {} : { executablePath });
    return {
      async open(site) {
        const context = await browser.newContext();
        return playwrightVisit(await context.newPage(), site, () => context.close());
      },
      stop: () => browser.close(),
    };
  },
};
