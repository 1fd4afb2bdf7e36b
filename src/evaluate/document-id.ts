import type { Passage } from '../engine/index-file/passage-file.js';

/** What labels call the section that a passage belongs to: its page's URL, and its anchor where it has one. */
export function documentId({ page, section }: Pick<Passage, 'page' | 'section'>): string {
  return section.anchor === '' ? page.url : `${page.url}#${section.anchor}`;
}
