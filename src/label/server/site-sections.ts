import type { Page, Passage } from '../../engine/index-file/passage-file.js';
import type { SearchIndex } from '../../engine/open-index.js';
import { documentId } from '../../evaluate/document-id.js';
import { pageOf } from '../../evaluate/collection.js';
import type { Section } from '../protocol.js';

/** A section of the site with all its passages, in order. */
export interface SiteSection {
  id: string;
  page: Page;
  trail: string[];
  passages: Passage[];
}

/** Every section of a site, by document id. */
export type SiteSections = ReadonlyMap<string, SiteSection>;

/** Reads an index's sections. */
export async function readSections({ manifest, retriever }: SearchIndex): Promise<SiteSections> {
  const ids = Array.from({ length: manifest.counts.passages }, (_, id) => id);
  const { passages, failures } = await retriever.passages.get(ids);
  if (failures[0]) throw failures[0];
  const sections = new Map<string, SiteSection>();
  for (const passage of ids.map((id) => passages.get(id)!)) {
    const id = documentId(passage);
    const section = sections.get(id);
    if (section) section.passages.push(passage);
    else sections.set(id, { id, page: passage.page, trail: passage.section.trail, passages: [passage] });
  }
  return sections;
}

/** A section's whole text. */
export function sectionText({ passages }: SiteSection): string {
  return passages.map(({ text }) => text).join('\n');
}

/**
 * A document as it is shown. Labels may name what is no section: a whole page, or something the site has no more.
 * @param passage the passage to show first; the section's first where it is left out
 */
export function describeSection(sections: SiteSections, id: string, passage?: Passage): Section {
  const section = sections.get(id);
  if (section) {
    const whole = sectionText(section);
    const text = passage?.text ?? section.passages[0]?.text ?? '';
    return {
      id,
      title: section.page.title || section.page.url,
      trail: section.trail,
      text,
      ...(whole !== text && { whole }),
    };
  }
  const page = [...sections].find(([section]) => pageOf(section) === pageOf(id))?.[1].page;
  return page && pageOf(id) === id
    ? { id, title: page.title || id, trail: [], text: '', label: 'page' }
    : { id, title: id, trail: [], text: '', label: 'unknown' };
}
