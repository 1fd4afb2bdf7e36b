import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { findBeirFiles, readCorpus, readQrels, readQueries } from '../../src/evaluate/beir.js';
import { type Labels, pageLabels } from '../../src/evaluate/collection.js';
import { planOf } from '../../src/indexer/index-options.js';
import { indexPages } from '../../src/indexer/index-pages.js';
import { indexSite } from '../../src/indexer/index-site.js';
import { PACKAGE_ROOT } from '../../src/indexer/package-root.js';
import type { PageToCut } from '../../src/indexer/passages-of.js';
import { readLinks, type SiteLinks } from './links.js';

/** Texts to index, with what is known of which query leads to which. */
export interface TrainingCollection {
  name: string;
  /** Its passages become queries too, and every passage is a document. Not on development data. */
  trains: boolean;
  /** Builds its index with the product's indexer. */
  index: (out: string) => Promise<unknown>;
  /** Labelled queries; labels name pages or sections, as `documentId` does. */
  questions: () => Promise<{ queries: { id: string; text: string }[]; labels: Labels }>;
  links: () => Promise<SiteLinks | undefined>;
  /** Documents and labels are pages. */
  byPage: boolean;
}

const SHARED = join(PACKAGE_ROOT, '..', 'shared', 'data');
/** Debian packages' built HTML, as `training/README.md` says how to unpack it: `<work>/sites/NAME`. */
interface Site {
  package: string;
  folder: string;
  /** It chooses among models and trains none: only queries that were written for it count, by section. */
  held?: boolean;
}
const SITES = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'training', 'sites.json'), 'utf8')) as Record<
  string,
  Site
>;
export const NAMES = [...Object.keys(SITES), 'mdn', 'so-answers', 'tldr-npm', 'scifact-dev'];

/**
 * Finds a collection by name.
 * @param work folder of sites and of the embedder's vectors
 * @param most documents that it may have, where it is a list of documents
 * @param vectors whether it is searched by meaning too, which takes most of the time
 */
export async function findCollection(
  name: string,
  work: string,
  { most, vectors }: { most: number; vectors: boolean },
): Promise<TrainingCollection> {
  const options = {
    ...{ siteUrl: '/', script: false, reranker: 'none', cache: join(work, 'vectors') },
    ...(!vectors && { embedder: 'none' }),
  } as const;
  const none = async (): Promise<undefined> => undefined;
  const unlabelled = async (): ReturnType<TrainingCollection['questions']> => ({
    queries: [],
    labels: new Map(),
  });
  const indexTexts = async (out: string, pages: readonly PageToCut[]): Promise<unknown> =>
    indexPages([{ language: 'en', pages: [...pages] }], planOf(out, { ...options, out }));

  const site = SITES[name];
  if (site) {
    const folder = need(join(work, 'sites', name));
    return {
      ...{ name, trains: !site.held, byPage: false },
      index: async (out) => indexSite(folder, { ...options, out, language: 'en' }),
      questions: name === 'python' ? () => labelled(join(SHARED, 'train-so-pydocs'), 'train') : unlabelled,
      links: () => readLinks(folder),
    };
  }
  if (name === 'mdn') {
    const lines = await jsonLines<'id' | 'title' | 'text' | 'page'>(join(SHARED, 'mdn', 'corpus.jsonl.gz'));
    return {
      ...{ name, trains: true, byPage: false, questions: unlabelled, links: none },
      index: (out) => indexTexts(out, pagesOfSections(lines.slice(0, most))),
    };
  }
  if (name === 'so-answers') {
    const pairs = await jsonLines<'query' | 'positive'>(join(SHARED, 'train-so-answers', 'pairs.jsonl.gz'));
    const some = pairs.slice(0, most).map((pair, at) => ({ ...pair, id: `answer-${at}` }));
    return {
      ...{ name, trains: true, byPage: false, links: none },
      index: (out) =>
        indexTexts(
          out,
          some.map(({ id, positive }) => page(id, '', [], positive)),
        ),
      questions: async () => ({
        queries: some.map(({ id, query }) => ({ id, text: query })),
        labels: new Map(some.map(({ id }) => [id, new Map([[id, 2]])])),
      }),
    };
  }
  if (name === 'tldr-npm')
    return {
      ...{ name, trains: false, byPage: true, links: none },
      index: (out) =>
        indexSite(join(PACKAGE_ROOT, 'node_modules', 'npm', 'docs', 'output'), { ...options, out }),
      async questions() {
        const { queries, labels } = await labelled(join(PACKAGE_ROOT, 'bench', 'tldr-npm'), 'test');
        return { queries, labels: pageLabels(labels) };
      },
    };
  if (name === 'scifact-dev') {
    const folder = need(join(SHARED, 'scifact-dev'));
    const files = await findBeirFiles(folder, 'dev');
    return {
      ...{ name, trains: false, byPage: false, links: none },
      index: async (out) =>
        indexTexts(
          out,
          (await readCorpus(files.corpus)).map(({ id, title, text }) => page(id, title, [], text || title)),
        ),
      questions: () => labelled(folder, 'dev'),
    };
  }
  throw new Error(`There is no collection ${JSON.stringify(name)}; expected one of ${NAMES.join(', ')}.`);
}

async function labelled(folder: string, split: string): ReturnType<TrainingCollection['questions']> {
  return {
    queries: await readQueries(need(join(folder, 'queries.jsonl'))),
    labels: await readQrels(join(folder, 'qrels', `${split}.tsv`)),
  };
}

/** MDN's sections, `Page › Heading › Heading`, put together to pages again. */
function pagesOfSections(lines: readonly Record<'id' | 'title' | 'text' | 'page', string>[]): PageToCut[] {
  const pages = new Map<string, PageToCut>();
  for (const { id, title, text, page: url } of lines) {
    const [name = '', ...trail] = title.split(' › ');
    const whole = pages.get(url) ?? { url, title: name, sections: [] };
    pages.set(url, whole);
    const anchor = trail.length === 0 ? '' : (id.split('#')[1] ?? '');
    whole.sections.push({ anchor, trail, blocks: blocksOf(text) });
  }
  return [...pages.values()];
}

function page(url: string, title: string, trail: string[], text: string): PageToCut {
  return { url, title, sections: [{ anchor: '', trail, blocks: blocksOf(text) }] };
}

function blocksOf(text: string): { text: string }[] {
  return text
    .split('\n')
    .filter((block) => block.trim() !== '')
    .map((block) => ({ text: block }));
}

async function jsonLines<Key extends string>(file: string): Promise<Record<Key, string>[]> {
  const text = (await promisify(gunzip)(await readFile(need(file)))).toString();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<Key, string>);
}

function need(path: string): string {
  if (!existsSync(path)) throw new Error(`There is no ${path}; training/README.md says where it comes from.`);
  return path;
}
