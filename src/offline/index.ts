export {
  availableOffline,
  makeAvailableOffline,
  type MakeAvailableOptions,
  removeOffline,
  updateOffline,
} from './make-available-offline.js';
export { type OfflineFile, type OfflineFiles, offlineFiles, type OfflineOptions } from './offline-files.js';
export { type PrecacheEntry, precacheEntries } from './precache-entries.js';
export { type OfflineFetchEvent, respondOffline } from './respond-offline.js';
