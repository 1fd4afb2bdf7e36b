import { folderUrl } from '../client/folder-url.js';
import { offlineFiles, type OfflineOptions } from './offline-files.js';

/** An entry of Workbox's precache manifest, which may have nothing more. */
export interface PrecacheEntry {
  url: string;
  /** What tells its versions apart; null where its name does. */
  revision: string | null;
}

/**
 * Lists the files of a search as Workbox's `additionalManifestEntries` and `precacheAndRoute` want them, for a site whose
 * service worker is to keep them itself, from its installation on.
 * @param index URL of the index folder; in Node also a `file:` URL of the one on disk
 * @param url where visitors will find it. Default: its own URL, or `/second-look/` for one on disk
 * @throws SearchError as `offlineFiles`
 */
export async function precacheEntries(
  index: string | URL = '/second-look/',
  { url, ...options }: OfflineOptions & { url?: string } = {},
): Promise<PrecacheEntry[]> {
  const folder = folderUrl(index);
  const { files } = await offlineFiles(folder, options);
  const at = url ?? (folder.startsWith('file:') ? '/second-look/' : folder);
  return files.map(({ path, sha256, fixed }) => ({
    url: `${at.replace(/\/$/, '')}/${path}`,
    revision: fixed ? sha256 : null,
  }));
}
