// Makes sure that there is a browser for the end-to-end tests, installing one where there is none.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findBrowser } from './find-browser.mjs';

const run = (command, args) =>
  spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });

if (!findBrowser() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', 'chromium']);
}
if (!findBrowser()) run('npx', ['playwright', 'install', 'chromium']);
const browser = findBrowser();
if (!browser) {
  console.error('No browser could be installed. Install Chromium or Chrome, or name one in $CHROMIUM.');
  process.exit(1);
}
console.log(`End-to-end tests run in ${browser}.`);
