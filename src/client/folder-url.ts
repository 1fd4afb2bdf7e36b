import { badOption } from './bad-option.js';

/**
 * The absolute URL of an index folder, ending in a slash.
 * @throws SearchError `bad-option`
 */
export function folderUrl(index: string | URL): string {
  const base = globalThis.document?.baseURI ?? globalThis.location?.href;
  if (!URL.canParse(index, base))
    throw badOption('index', index, 'the URL of a folder that "second-look index" wrote');
  return new URL(index, base).href.replace(/\/?$/, '/');
}
