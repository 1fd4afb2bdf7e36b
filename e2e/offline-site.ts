import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Manifest, modelBytes } from '../src/engine/index-file/manifest.js';

/** The demo's index, which such a site has at `/second-look/`. */
export const DEMO_INDEX = join(import.meta.dirname, '../dist/demo/second-look');

/** Bytes of the demo's two models. */
export async function demoModelBytes(): Promise<number> {
  const { embedder, reranker } = JSON.parse(
    await readFile(join(DEMO_INDEX, 'manifest.json'), 'utf8'),
  ) as Manifest;
  return modelBytes(embedder!) + modelBytes(reranker!);
}

/** Its page. */
export const PAGE = `<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,">
  <script type="module" src="/second-look/second-look.js"></script><second-look></second-look>`;

/**
 * Its own service worker, which keeps the page: the site's pages are its own affair.
 * @param offline where the worker imports `respondOffline` from
 */
export const serviceWorker = (offline: string): string => `
  import { respondOffline } from '${offline}';
  addEventListener('install', (event) =>
    event.waitUntil(caches.open('pages').then((cache) => cache.add('/')).then(() => skipWaiting())));
  addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  addEventListener('fetch', (event) => {
    if (respondOffline(event)) return;
    event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
  });`;
