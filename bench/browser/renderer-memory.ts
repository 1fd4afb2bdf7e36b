import { readFile } from 'node:fs/promises';
import type { Browser } from '@playwright/test';

/**
 * The most memory that the largest renderer process has had so far, in bytes: resident set size as Linux counts it,
 * with the page's workers, WebAssembly and the browser's own code. Undefined where there is no /proc.
 */
export async function peakRendererMemory(browser: Browser): Promise<number | undefined> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const peaks: number[] = [];
  for (const { type, id } of processInfo) {
    if (type !== 'renderer') continue;
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    if (kibibytes !== undefined) peaks.push(Number(kibibytes) * 1024);
  }
  return peaks.length > 0 ? Math.max(...peaks) : undefined;
}
