import { existsSync } from 'node:fs';
import { firefox as playwright } from 'playwright-core-firefox';
import type { Engine } from './engine.js';
import { playwrightVisit } from './playwright-visit.js';

const executablePath = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

/**
 * A Firefox as systems have it, through WebDriver BiDi. The Playwright that the other tests use asks it for what it does
 * not know (`emulation.setMediaFeaturesOverride`), so this is the last version that does not.
 */
export const firefox: Engine = {
  name: 'Firefox',
  missing: existsSync(executablePath)
    ? undefined
    : `there is no ${executablePath} here; apt-get install -y firefox-esr, or name a Firefox in $FIREFOX`,
  async start() {
    const browser = await playwright.launch({ channel: 'moz-firefox', executablePath });
    return {
      async open(site) {
        const context = await browser.newContext();
        return playwrightVisit(await context.newPage(), site, () => context.close());
      },
      stop: () => browser.close(),
    };
  },
};
