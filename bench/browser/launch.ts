import { type Browser, chromium } from '@playwright/test';
import { findBrowser } from '../../scripts/find-browser.mjs';

/** Starts Chromium: $CHROMIUM, Playwright's own, or the system's. */
export async function launch(args: string[] = []): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined)
    throw new Error('There is no browser: install Chromium or Chrome, or name one in $CHROMIUM.');
  return chromium.launch({ executablePath, args });
}
