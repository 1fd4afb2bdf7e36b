import { SearchError } from '../engine/errors.js';
import type { SearchIndex } from '../engine/open-index.js';

/**
 * Opens what the site has now, where files of an index that a page has open are gone from it. Models that both have stay
 * open, since the new one opens them before the old one lets them go; those of the old one rest when nobody uses them.
 * @param open opens the index by the site's own manifest
 * @returns the old one where the site has no other, or none in its language that can be had
 * @throws SearchError `wrong-format` where it has one for another version of the script
 */
export async function reopenIndex(old: SearchIndex, open: () => Promise<SearchIndex>): Promise<SearchIndex> {
  let now: SearchIndex;
  try {
    now = await open();
  } catch (error) {
    if (error instanceof SearchError && error.code === 'wrong-format')
      throw new SearchError(
        'wrong-format',
        'The site has changed since this page was opened, and so has its search. Reload the page.',
        { cause: error },
      );
    // In the middle of an upload, say: the next query looks again.
    return old;
  }
  // Nor does a page change its language because a file of that could not be had.
  if (now.languageFailure !== undefined && old.languageFailure === undefined) return old;
  if (JSON.stringify(now.manifest) !== JSON.stringify(old.manifest)) return now;
  old.source.lost = false;
  return old;
}
