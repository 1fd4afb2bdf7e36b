import { folderUrl } from '../client/folder-url.js';
import { downloadFile, forgetKept } from './download-file.js';
import { forEachTogether } from './for-each-together.js';
import { OfflineCopy, type OfflineVersion } from './offline-copy.js';
import {
  listFiles,
  type OfflineFile,
  offlineFiles,
  type OfflineFiles,
  type OfflineOptions,
} from './offline-files.js';

export interface MakeAvailableOptions extends OfflineOptions {
  /** URL of the index folder. Default: `/second-look/`. */
  index?: string | URL | undefined;
  /** Called as bytes come in; what the browser has kept already counts at once. */
  onProgress?: ((progress: { loadedBytes: number; totalBytes: number }) => void) | undefined;
  /** Gives up the download, and deletes what has come of it; what was offline before stays. */
  signal?: AbortSignal | undefined;
}

/**
 * Has a search offline: downloads what `offlineFiles` lists, checks every file against the manifest, and hands it to pages
 * once all of it is there; what was offline before answers until then. Where nothing has changed since, nothing is
 * downloaded. A download that breaks off is gone on with by the next call.
 * @returns what is offline now
 * @throws SearchError as `offlineFiles`, and where a file is damaged; the signal's reason; the platform's
 * `QuotaExceededError` where the device has no room
 */
export async function makeAvailableOffline({
  index = '/second-look/',
  onProgress,
  signal,
  languages,
  models,
}: MakeAvailableOptions = {}): Promise<OfflineFiles> {
  const folder = folderUrl(index);
  const options = { languages, models };
  return alone(folder, { ...(signal && { signal }) }, async (copy) => {
    const wanted = await offlineFiles(folder, options);
    await bringUpToDate(copy, { ...wanted, options }, onProgress, signal);
    return wanted;
  });
}

/**
 * Brings what is offline up to date, with the options that it was made with; does nothing where nothing is offline. In
 * place of languages that the site has no more comes its main one, unless others are left.
 */
export async function updateOffline(index: string | URL = '/second-look/'): Promise<void> {
  const folder = folderUrl(index);
  const current = await (await OfflineCopy.open(folder)).current();
  if (!current) return;
  // Where another page or the service worker is at it already, that is enough.
  await alone(folder, { ifAvailable: true }, async (copy) => {
    const { options } = current;
    const wanted = await listFiles(folder, options, { mayBeGone: true });
    await bringUpToDate(copy, { ...wanted, options });
  });
}

/** What is offline; undefined where nothing is. */
export async function availableOffline(
  index: string | URL = '/second-look/',
): Promise<OfflineFiles | undefined> {
  const current = await (await OfflineCopy.open(folderUrl(index))).current();
  return current && { files: current.files, bytes: current.bytes };
}

/** Deletes what is offline, models among it. The search goes on, from the network. */
export async function removeOffline(index: string | URL = '/second-look/'): Promise<void> {
  const folder = folderUrl(index);
  await alone(folder, {}, (copy) => copy.remove());
}

async function bringUpToDate(
  copy: OfflineCopy,
  wanted: OfflineVersion,
  onProgress: MakeAvailableOptions['onProgress'] = () => undefined,
  signal?: AbortSignal,
): Promise<void> {
  const { files, bytes: totalBytes } = wanted;
  const current = await copy.current();
  if (current && isSame(current, wanted)) {
    await copy.renew(wanted);
    onProgress({ loadedBytes: totalBytes, totalBytes });
    return;
  }
  let loadedBytes = 0;
  const download = async (file: OfflineFile, stop: AbortSignal): Promise<void> => {
    let loaded = 0;
    const tell = (bytes: number): void => {
      loadedBytes += bytes - loaded;
      loaded = bytes;
      onProgress({ loadedBytes, totalBytes });
    };
    await downloadFile(copy, file, tell, stop);
    tell(file.bytes);
  };
  try {
    await forEachTogether(files, download, signal);
  } catch (error) {
    if (signal?.aborted) await copy.tidy();
    throw error;
  }
  await copy.switchTo(wanted);
  // Not sooner: who gives up keeps the models that were there.
  await forgetKept(copy, files);
}

/** Whether two versions have the same files: their paths and hashes, in the order of the manifest. */
function isSame(one: OfflineFiles, other: OfflineFiles): boolean {
  const listOf = ({ files }: OfflineFiles): string => files.map(({ path, sha256 }) => path + sha256).join();
  return listOf(one) === listOf(other);
}

/** Does work on an index's copy that no other page, nor the service worker, does meanwhile. */
async function alone<T>(
  folder: string,
  options: LockOptions,
  work: (copy: OfflineCopy) => Promise<T>,
): Promise<T> {
  const copy = await OfflineCopy.open(folder);
  return navigator.locks.request(`second-look offline ${folder}`, options, (lock) =>
    lock ? work(copy) : (undefined as T),
  );
}
