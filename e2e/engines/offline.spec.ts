import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type * as Offline from '../../src/offline/index.js';
import { bundleServiceWorker } from '../bundle-service-worker.js';
import { DEMO_INDEX, demoModelBytes, PAGE, serviceWorker } from '../offline-site.js';
import { startHost } from '../start-host.js';
import { firefox } from './firefox.js';
import { sees } from './sees.js';
import { webkit } from './webkit.js';

for (const engine of [firefox, webkit])
  if (engine.missing !== undefined)
    test.skip(`${engine.name} is not tested: ${engine.missing}`, () => undefined);
  else
    test(`${engine.name}: made available offline, a search has its second look when the site is gone`, async () => {
      const site = await mkdtemp(join(tmpdir(), 'second-look-offline-'));
      await writeFile(join(site, 'index.html'), PAGE);
      await bundleServiceWorker(serviceWorker('second-look/offline'), join(site, 'sw.js'));
      const host = await startHost({
        folders: [
          ['/second-look/', DEMO_INDEX],
          ['/', site],
        ],
      });
      const running = await engine.start();
      try {
        const visit = await running.open(host.origin);
        await visit.goto('/');
        await visit.run(async () => {
          await navigator.serviceWorker.register('/sw.js');
          if (!navigator.serviceWorker.controller)
            await new Promise((resolve) => (navigator.serviceWorker.oncontrollerchange = resolve));
        });
        const kept = await visit.run(async () => {
          const script = '/second-look/offline.js';
          const { makeAvailableOffline } = (await import(script)) as typeof Offline;
          return (await makeAvailableOffline()).bytes;
        });
        expect(kept).toBeGreaterThan(await demoModelBytes());

        await host.stop();
        await visit.goto('/');
        await visit.press('Control+k');
        await visit.type('undo a publish');
        await sees(visit, { titles: expect.arrayContaining(['npm-unpublish']) });
        await sees(visit, { status: expect.stringMatching(/all \d+ passages read|better order/) }, 60_000);
        expect(await visit.errors()).toEqual([]);
        await visit.close();
      } finally {
        await running.stop();
        await host.stop();
        await rm(site, { recursive: true });
      }
    });
