import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** Chromium-like browsers where systems put them. */
const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser that the tests run in: $CHROMIUM, Playwright's own, or the system's; undefined where there is none. */
export function findBrowser() {
  const { CHROMIUM } = process.env;
  if (CHROMIUM && !existsSync(CHROMIUM)) throw new Error(`$CHROMIUM is ${CHROMIUM}, where there is no file.`);
  return [CHROMIUM, chromium.executablePath(), ...SYSTEM].find((path) => path && existsSync(path));
}
