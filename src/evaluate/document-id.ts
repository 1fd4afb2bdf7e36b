import { HOME } from './collection.js';

/**
 * What labels call the section that a passage belongs to: its page's URL, and its anchor where it has one; `./` for what
 * opens the home page.
 */
export function documentId({
  page,
  section,
}: {
  page: { url: string };
  section: { anchor: string };
}): string {
  return section.anchor === '' ? page.url || HOME : `${page.url}#${section.anchor}`;
}
