import type { Block } from '../indexer/cut-sections.js';
import { refuseForeignFolder } from '../indexer/index-folder.js';
import { type IndexedPages, indexPages } from '../indexer/index-pages.js';
import { type IndexSiteOptions, planOf } from '../indexer/index-options.js';
import type { CorpusDocument } from './collection.js';

/** What stands between headings in a title that is a trail of them, as docs collections write it. */
const TRAIL = ' › ';

/**
 * Indexes a corpus into a folder as a site is indexed: its documents are cut into passages, and a document ranks by its
 * best one. A title such as "Folders › Prefix" counts as a page's title and a heading below it.
 * @param corpus each id becomes the URL of a page with a single section, so that passages lead back to it
 */
export async function indexCorpus(
  corpus: readonly CorpusDocument[],
  out: string,
  options: Pick<
    IndexSiteOptions,
    'embedder' | 'reranker' | 'rerankWeight' | 'passageTokens' | 'language' | 'onProgress' | 'onDownload'
  > = {},
): Promise<IndexedPages> {
  const plan = planOf(out, { ...options, out, siteUrl: './', script: false });
  // Before the passages are embedded, which takes minutes.
  await refuseForeignFolder(plan.out);
  const pages = corpus.map(({ id, title, text }) => {
    const [page = '', ...trail] = title.split(TRAIL);
    return { url: id, title: page, sections: [{ anchor: '', trail, blocks: blocksOf(text, title) }] };
  });
  return indexPages([{ language: plan.language ?? 'en', pages }], plan);
}

/** A text's paragraphs. A document without text is found by its title. */
function blocksOf(text: string, title: string): Block[] {
  const blocks = text.split('\n').filter((block) => block.trim() !== '');
  return (blocks.length > 0 ? blocks : [title]).map((block) => ({ text: block }));
}
