import picomatch from 'picomatch';
import { decodedPath } from '../engine/decoded-path.js';
import { messageOf } from '../engine/errors.js';
import type { Plan } from '../indexer/index-options.js';
import { type ParsedPage, parsePage } from '../indexer/parse-page.js';
import { type SourcePage, tooLarge } from '../indexer/sources/source-page.js';
import type { DevPage } from './dev-pages.js';

/** What says which pages there are, and what of them. */
export interface DevPlan extends Pick<Plan, 'selectors' | 'maxPageBytes'> {
  /** Globs as the author gives them: a plan has the index's own folder too. */
  exclude: readonly string[];
}

/** Pages of the dev server as the indexer reads those of a folder. */
export async function* devSource(pages: readonly DevPage[], plan: DevPlan): AsyncGenerator<SourcePage> {
  // As globs of files are read: a folder is all that is in it, and none is taken back.
  const patterns = plan.exclude
    .filter((pattern) => !/^(!(?!\()|$)/.test(pattern))
    .flatMap((pattern) => [pattern, `${pattern.replace(/\/$/, '')}/**`]);
  const isExcluded = picomatch(patterns, { nocase: true, dot: true });
  for (const { url, html } of pages) {
    // Encoded as in links, and relative to the root.
    const path = new URL(url, 'http://site/').pathname.slice(1);
    if (isExcluded(decodedPath(path.replace(/(^|\/)$/, '$1index.html')))) continue;
    yield { file: url, url: path.replace(/(^|\/)index\.html?$/, '$1'), page: parsed(html, plan) };
  }
}

/** Whatever a page has in it, the others are found. */
function parsed(html: string, { selectors, maxPageBytes }: DevPlan): ParsedPage {
  const bytes = Buffer.byteLength(html);
  if (bytes > maxPageBytes) return tooLarge(bytes, maxPageBytes);
  try {
    return parsePage(html, selectors);
  } catch (error) {
    return { skipped: messageOf(error) };
  }
}
