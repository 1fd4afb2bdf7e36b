import { messageOf } from '../engine/errors.js';
import { type ParsedPage, parsePage } from '../indexer/parse-page.js';
import type { SourcePage } from '../indexer/sources/source-page.js';
import type { DevPage } from './dev-pages.js';

/** Pages of the dev server as the indexer reads those of a folder. */
export async function* devSource(pages: readonly DevPage[]): AsyncGenerator<SourcePage> {
  for (const { url, html } of pages) {
    // Encoded as in links, and relative to the root.
    const path = new URL(url, 'http://site/').pathname.slice(1);
    yield { file: url, url: path.replace(/(^|\/)index\.html?$/, '$1'), page: parsed(html) };
  }
}

/** Whatever a page has in it, the others are found. */
function parsed(html: string): ParsedPage {
  try {
    return parsePage(html);
  } catch (error) {
    return { skipped: messageOf(error) };
  }
}
