import { messageOf } from '../engine/errors.js';
import { type ParsedPage, parsePage } from '../indexer/parse-page.js';
import { choosePages, type ReadSite, type SitePage, type SkippedPage } from '../indexer/read-site.js';
import type { DevPage } from './dev-pages.js';

/** Pages of the dev server as the indexer reads those of a folder. */
export function siteOf(devPages: readonly DevPage[]): ReadSite {
  const pages: SitePage[] = [];
  const skipped: SkippedPage[] = [];
  for (const { url, html } of devPages) {
    // Encoded as in links, and relative to the root.
    const path = new URL(url, 'http://site/').pathname.slice(1);
    const page = parsed(html);
    if ('skipped' in page) skipped.push({ file: url, reason: page.skipped });
    else pages.push({ ...page, file: url, url: path.replace(/(^|\/)index\.html?$/, '$1') });
  }
  return choosePages(pages, skipped);
}

/** Whatever a page has in it, the others are found. */
function parsed(html: string): ParsedPage {
  try {
    return parsePage(html);
  } catch (error) {
    return { skipped: messageOf(error) };
  }
}
