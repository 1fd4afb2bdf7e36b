import type { Embedder } from '../engine/model/embedder.js';
import type { Manifest } from '../engine/index-file/manifest.js';
import { MANIFEST } from '../engine/index-file/manifest-name.js';
import { writePassageFile } from '../engine/index-file/passage-file.js';
import { buildKeywords, fieldsOf } from '../engine/keyword/build-keywords.js';
import { english } from '../engine/keyword/english.js';
import type { TextTokenizer } from '../engine/model/tokenizer.js';
import { type OpenIndexOptions, openIndex, type SearchIndex } from '../engine/open-index.js';
import { passageText } from '../engine/passage-text.js';
import type { CrossEncoder } from '../engine/rerank/cross-encoder.js';
import { quantise, writeVectorFile } from '../engine/vector/vector-file.js';
import { parsePage } from '../indexer/parse-page.js';
import { passagesOf } from '../indexer/passages-of.js';
import { writePageData } from '../indexer/write-page-data.js';
import { MemorySource } from './memory-source.js';
import { EMBEDDER, RERANKER, testManifest } from './manifest.js';

/** The site: a page a line, url, title and sections as `heading: text`. */
const SITE = `
publish.html | npm-publish | Description: Publish a package to the registry. | Files: What a package has in it.
unpublish.html | npm-unpublish | Description: Remove a package from the registry. | Warning: A version is gone for good.
install.html | npm-install | Description: Add a package and what it depends on. | Save: Names it in package.json.
registry.html | Registry | Where it is: The registry is a database of packages.
cache.html | npm-cache | Description: Add to, list or clean the cache folder.
`;

/** A page as a site has it. */
export interface TestPage {
  url: string;
  html: string;
}

const PAGES = SITE.trim()
  .split('\n')
  .map((line): TestPage => {
    const [url = '', title = '', ...sections] = line.split(' | ');
    const html = sections.map((section) => {
      const [heading = '', text = ''] = section.split(': ');
      return `<h2 id="${heading.toLowerCase()}">${heading}</h2><p>${text}</p>`;
    });
    return { url, html: `<main><h1>${title}</h1>${html.join('')}</main>` };
  });

const countWords = (text: string): number => text.split(/\s+/).length;

/** An index of five pages in memory, read through `openIndex` with models that are made of regular expressions. */
export async function smallIndex({
  embedder = async () => fakeEmbedder(),
  reranker = async () => fakeReranker(() => 0.5),
  ...options
}: {
  embedder?: () => Promise<Embedder>;
  reranker?: () => Promise<CrossEncoder>;
  manifest?: Partial<Manifest>;
  /** Other pages than those of SITE. */
  pages?: readonly TestPage[];
  /** Spoils the folder before it is opened. */
  damage?: (source: MemorySource, manifest: Manifest) => void;
  models?: OpenIndexOptions['models'];
  onStatus?: OpenIndexOptions['onStatus'];
} = {}): Promise<{ index: SearchIndex; source: MemorySource }> {
  const source = new MemorySource();
  const manifest = { ...(await writeSmallIndex(source, options.pages ?? PAGES)), ...options.manifest };
  await source.add(MANIFEST, JSON.stringify(manifest));
  options.damage?.(source, manifest);
  const models = options.models ?? { embedder, reranker };
  const index = await openIndex({ source, models, ...(options.onStatus && { onStatus: options.onStatus }) });
  return { index, source };
}

async function writeSmallIndex(source: MemorySource, site: readonly TestPage[]): Promise<Manifest> {
  const pages = site.map(({ url, html }) => {
    const page = parsePage(html);
    if ('skipped' in page) throw new Error(page.skipped);
    return { ...page, url };
  });
  const passages = passagesOf(pages, { maxTokens: 64, count: countWords, language: 'en' });
  const vectors = await fakeEmbedder().embedPassages(passages.map((passage) => passageText(passage, ': ')));
  return testManifest({
    counts: { pages: pages.length, sections: passages.length, passages: passages.length },
    pages: pages.map(({ url }) => passages.filter(({ page }) => page.url === url).length),
    keywords: await Promise.all(
      buildKeywords(passages.map(fieldsOf), english).map(
        async ({ first, bytes }): Promise<Manifest['keywords'][number]> => [
          first,
          ...(await source.addShard('keywords', bytes)),
        ],
      ),
    ),
    vectors: { mode: 'flat', rows: await source.add('vectors.bin', writeVectorFile(quantise(vectors))) },
    passages: [[passages.length, ...(await source.addShard('passages', writePassageFile(passages)))]],
    ...(await writePageData(source, passages)),
    embedder: EMBEDDER,
    reranker: RERANKER,
  });
}

const fakeTokenizer: TextTokenizer = {
  ids: () => [],
  count: countWords,
  frame: () => ({ ids: [], types: [] }),
  framePair: () => ({ ids: [], types: [] }),
  overhead: { single: 0, pair: 0 },
};

/** Knows four things, and words for each: "undo" is near "remove". */
const CONCEPTS = [/undo|remove|unpublish|clean/gi, /publish/gi, /install|add/gi, /registry/gi];

export function fakeEmbedder(): Embedder {
  const embed = (text: string): Float32Array => {
    const counts = CONCEPTS.map((words) => 0.01 + (text.match(words)?.length ?? 0));
    return Float32Array.from(counts, (count) => count / Math.hypot(...counts));
  };
  return {
    tokenizer: fakeTokenizer,
    embedQuery: async (query) => embed(query),
    embedPassages: async (passages) => passages.map(embed),
    dispose: async () => undefined,
  };
}

/** A reranker that gives each passage, with its headings, the probability that the function says. */
export function fakeReranker(probability: (passage: string, query: string) => number): CrossEncoder {
  const read: CrossEncoder['logits'] = async (query, passages, signal) =>
    passages.map((passage) => {
      signal?.throwIfAborted();
      return probability(passage, query);
    });
  return {
    ...{ tokenizer: fakeTokenizer, logits: read, probabilities: read },
    pace: () => 0,
    device: () => undefined,
    dispose: async () => undefined,
  };
}
