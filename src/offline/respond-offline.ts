import { MANIFEST } from '../engine/index-file/manifest-name.js';
import { folderUrl } from '../client/folder-url.js';
import { savesData } from '../client/saves-data.js';
import { withinTime } from '../engine/within-time.js';
import { updateOffline } from './make-available-offline.js';
import { OfflineCopy } from './offline-copy.js';

/** How long the site is waited for where the copy has an answer too, in ms. */
const PATIENCE = 3000;

/** What is used of a service worker's `FetchEvent`. */
export interface OfflineFetchEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
  waitUntil(work: Promise<unknown>): void;
}

/**
 * Answers a request for a file of the index folder: from the offline copy where there is one, else from the network; what
 * leads to languages that the copy does not have the other way round. For a service worker's `fetch` event. When a page
 * opens the search, it is looked up whether the site has a newer index, and that is downloaded in the background unless
 * the visitor saves data; pages opened later get it.
 * @param index URL of the index folder. Default: `/second-look/`
 * @returns whether the request is answered; if not, it is left to the service worker
 */
export function respondOffline(event: OfflineFetchEvent, index: string | URL = '/second-look/'): boolean {
  const { method, url, cache } = event.request;
  const folder = folderUrl(index);
  if (method !== 'GET' || !url.startsWith(folder)) return false;
  if (cache === 'no-store') {
    // It asks what the site has now: neither the copy nor another cache of the service worker may answer that.
    event.respondWith(fetch(event.request));
    return true;
  }
  const answered = answer(event.request, folder);
  event.respondWith(answered);
  if (url === folder + MANIFEST && !savesData())
    // Offline this fails, which is what it is for; the next page tries again.
    event.waitUntil(answered.then(() => updateOffline(folder)).catch(() => undefined));
  return true;
}

async function answer(request: Request, folder: string): Promise<Response> {
  const { kept, siteFirst } = await find(request.url.replace(/[?#].*$/s, ''), folder).catch(
    (): Found => ({}),
  );
  if (!kept) return fetch(request);
  if (siteFirst) {
    const current = await withinTime(PATIENCE, fetch(request)).catch(() => undefined);
    if (current?.ok && (await formatOf(current)) === (await formatOf(kept))) return current;
  }
  const range = request.headers.get('Range');
  return range === null ? kept : partOf(kept, range);
}

/**
 * Of a manifest: the script in the copy reads no other than the one that it came with. Undefined of what is none, as the
 * page that a network asks one to log in on.
 */
async function formatOf(response: Response): Promise<unknown> {
  return response
    .clone()
    .json()
    .then(({ format }: Record<string, unknown>) => format)
    .catch(() => undefined);
}

interface Found {
  kept?: Response | undefined;
  siteFirst?: true | undefined;
}

/** A file of the current version, or one that a page opened before asks for. */
async function find(url: string, folder: string): Promise<Found> {
  const copy = await OfflineCopy.open(folder);
  const current = await copy.current();
  const file = current?.files.find(({ path }) => folder + path === url);
  const kept = await copy.cache.match(file ? copy.keyOf(file) : url);
  return { kept, siteFirst: file?.siteFirst };
}

/** Large sites read parts of files. */
async function partOf(whole: Response, range: string): Promise<Response> {
  const blob = await whole.blob();
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
  const start = Number(first);
  const end = last ? Math.min(Number(last) + 1, blob.size) : blob.size;
  const headers = new Headers(whole.headers);
  if (!(start < end)) {
    headers.set('Content-Range', `bytes */${blob.size}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set('Content-Range', `bytes ${start}-${end - 1}/${blob.size}`);
  return new Response(blob.slice(start, end), { status: 206, headers });
}
