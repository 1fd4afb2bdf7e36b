import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findBeirFiles, readCorpus, readQrels, readQueries } from '../../src/evaluate/beir.js';
import { type Labels, pageOf, type Query } from '../../src/evaluate/collection.js';
import { indexCorpus } from '../../src/evaluate/index-corpus.js';
import { indexSite } from '../../src/indexer/index-site.js';
import { PACKAGE_ROOT } from '../../src/indexer/package-root.js';
import { cachedFolder, contentKey, listingKey } from '../cache.js';
import { writeCorpusPages } from '../peers/corpus-pages.js';
import type { Section } from '../peers/peer.js';
import { indexWithPagefind } from '../peers/pagefind.js';
import { sectionsOfCorpus, sectionsOfSite } from '../peers/sections.js';

/** Documents and labelled queries, in the shape that each system takes. */
export interface Collection {
  name: string;
  about: string;
  queries: Query[];
  labels: Labels;
  sections: Section[];
  /** What the labels call the document that a section is of. */
  documentOf: (section: string) => string;
  group: 'page' | undefined;
  /** Indexes with Pagefind into `<folder>/pagefind`. */
  pagefind: (folder: string) => Promise<void>;
  /** The document of a page that Pagefind found. */
  documentOfPage: (url: string) => string;
  /** Makes second-look's index, or finds the one of the last run. */
  secondLook: () => Promise<string>;
}

export async function tldrNpm(): Promise<Collection> {
  const site = join(PACKAGE_ROOT, 'node_modules', 'npm', 'docs', 'output');
  const labelled = join(PACKAGE_ROOT, 'bench', 'tldr-npm');
  const sections = await sectionsOfSite(site);
  const pages = new Set(sections.map(({ id }) => pageOf(id))).size;
  return {
    name: 'tldr-npm',
    about:
      `What one does with npm, from tldr-pages, to the right one of ${pages} pages of npm's documentation. ` +
      'Development data: the second settings of the peers and the weights of second-look were chosen on it. ' +
      `All but Pagefind, which reads pages, rank the ${sections.length} sections that second-look's reader cuts, ` +
      'and a page ranks by its best section.',
    queries: await readQueries(join(labelled, 'queries.jsonl')),
    labels: await readQrels(join(labelled, 'qrels', 'test.tsv')),
    sections,
    documentOf: pageOf,
    group: 'page',
    pagefind: (folder) =>
      indexWithPagefind({ site, content: '#content', leaveOut: '#table_of_contents' }, folder),
    documentOfPage: (url) => url,
    secondLook: async () =>
      cachedFolder('quality-tldr-npm', await indexKey(await listingKey(site)), async (out) => {
        await indexSite(site, { out: join(out, 'index'), siteUrl: '/', script: false });
      }),
  };
}

/** The development half of SciFact, where ../shared has it. */
export async function scifactDev(): Promise<Collection | { absent: string }> {
  const folder = join(PACKAGE_ROOT, '..', 'shared', 'data', 'scifact-dev');
  if (!existsSync(folder))
    return {
      absent: `scifact-dev: there is no ${folder}; it is SciFact in the BEIR layout, its train queries as the split dev.`,
    };
  const files = await findBeirFiles(folder, 'dev');
  const corpus = await readCorpus(files.corpus);
  return {
    name: 'scifact-dev',
    about: `Claims to the abstracts of papers that confirm or refute them, ${corpus.length} documents (BEIR's SciFact, train queries). Development data for second-look, on which its weights were checked.`,
    queries: await readQueries(files.queries),
    labels: await readQrels(files.qrels),
    sections: sectionsOfCorpus(corpus),
    documentOf: (section) => section,
    group: undefined,
    async pagefind(out) {
      await writeCorpusPages(corpus, join(out, 'pages'));
      await indexWithPagefind({ site: join(out, 'pages'), content: 'body' }, out);
    },
    documentOfPage: (url) => url.replace(/\.html$/, ''),
    secondLook: async () =>
      cachedFolder('quality-scifact-dev', await indexKey(await listingKey(folder)), async (out) => {
        await indexCorpus(corpus, join(out, 'index'));
      }),
  };
}

/** An index is made anew when its documents, what makes it or the models change. */
async function indexKey(documents: string): Promise<string> {
  return [documents, await contentKey('src/{engine,indexer,evaluate}/**', 'models/**')].join();
}
