import type { CorpusDocument } from '../../src/evaluate/collection.js';
import { documentId } from '../../src/evaluate/document-id.js';
import { readSite, type SitePage } from '../../src/indexer/read-site.js';
import type { Section } from './peer.js';

/** Reads a folder of built HTML and cuts it as second-look does; passages are cut from these very sections. */
export async function sectionsOfSite(folder: string): Promise<Section[]> {
  const { pages } = await readSite(folder, {
    include: ['**/*.{html,htm}'],
    exclude: [],
    maxPageBytes: 10e6,
  });
  return pages.flatMap(sectionsOfPage);
}

function sectionsOfPage(page: SitePage): Section[] {
  const ids = new Map<string, number>();
  return page.sections.map(({ anchor, trail, blocks }) => {
    const id = documentId({ page: { url: page.url }, section: { anchor } });
    const times = (ids.get(id) ?? 0) + 1;
    ids.set(id, times);
    // Ids are unique in good HTML, not in all.
    return {
      id: times === 1 ? id : `${id}#${times}`,
      title: page.title,
      trail,
      text: blocks.map(({ text }) => text).join('\n'),
    };
  });
}

/** Documents of a collection without HTML: each is a section. */
export function sectionsOfCorpus(corpus: readonly CorpusDocument[]): Section[] {
  return corpus.map(({ id, title, text }) => ({ id, title, trail: [], text }));
}
