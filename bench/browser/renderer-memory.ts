import { readFile } from 'node:fs/promises';
import type { Browser } from '@playwright/test';

/**
 * The memory of the largest renderer process, in bytes: resident set size as Linux counts it, with the page's workers,
 * WebAssembly and the browser's own code. Undefined where there is no /proc.
 * @param of `VmHWM` for the most that it has had so far, `VmRSS` for what it has now
 */
export async function rendererMemory(browser: Browser, of: 'VmHWM' | 'VmRSS'): Promise<number | undefined> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes: number[] = [];
  for (const { type, id } of processInfo) {
    if (type !== 'renderer') continue;
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
    const kibibytes = new RegExp(`^${of}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
    if (kibibytes !== undefined) sizes.push(Number(kibibytes) * 1024);
  }
  return sizes.length > 0 ? Math.max(...sizes) : undefined;
}
