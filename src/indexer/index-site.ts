import { SearchError } from '../engine/errors.js';
import { type Manifest, modelBytes } from '../engine/index-file/manifest.js';
import { wholeFiles } from '../engine/vector/vector-entry.js';
import type { ChosenVectors } from './choose-vectors.js';
import { refuseForeignFolder } from './index-folder.js';
import { groupByLanguage } from './group-by-language.js';
import { type IndexSiteOptions, type Plan, planOf } from './index-options.js';
import { indexPages } from './index-pages.js';
import { type ReadSite, siteOf, type SkippedPage } from './read-site.js';
import type { Warning } from './warning.js';

/** What was indexed of one language. */
export interface LanguageSummary {
  language: string;
  pages: number;
  sections: number;
  passages: number;
  bytes: { keywords: number; vectors: number; passages: number };
  embedder: string | undefined;
  reranker: string | undefined;
  /** How its vectors are searched, and why; undefined without an embedder. */
  vectors: ChosenVectors | undefined;
}

/** What was indexed, and what it takes. */
export interface IndexSummary {
  folder: string;
  pages: number;
  sections: number;
  passages: number;
  skipped: SkippedPage[];
  /** What is not as its author will have meant it. */
  warnings: Warning[];
  /** Keys that the pages can be filtered and sorted by. */
  filters: string[];
  sorts: string[];
  /**
   * Bytes on disk: what visitors load, by parts, and everything together. Parts are of all languages, of which a visitor
   * loads one: `languages` has each one's. Of 1-bit vectors, the rows that are read by ranges are in `all` alone.
   */
  bytes: {
    keywords: number;
    vectors: number;
    passages: number;
    models: number;
    runtime: number;
    all: number;
  };
  /** Each language's index, the main one first. */
  languages: LanguageSummary[];
  /** Those that some language has. */
  embedder: string | undefined;
  reranker: string | undefined;
  /** Models that were named but do not read a language, and which. */
  unread: { model: string; languages: string[] }[];
  /** Models that visitors run with ONNX Runtime, and why our own kernels do not. */
  onnx: { model: string; reason: string }[];
  /** The embedder ran natively, not in WebAssembly. */
  native: boolean;
  /** Passages that kept the vectors of an earlier run, their text being the same. */
  unchanged: number;
  /** Why vectors could not be kept for the next run, where they could not. */
  cacheFailure: string | undefined;
  /** How vectors are searched, and why, in the first language that has some; undefined without an embedder. */
  vectors: ChosenVectors | undefined;
  seconds: number;
  /** Seconds of each step. */
  steps: { read: number; cut: number; embed: number; write: number };
}

/**
 * Indexes a built site: reads its pages, cuts them into passages, embeds those, and writes an index folder that the
 * site serves as static files, with an index for each language that pages are in.
 * @param site its folder, of HTML or Markdown, or a file of JSON lines; undefined where `options.sitemap` says the pages
 * @throws SearchError that names the option, the file or the model at fault; a former index is left as it was
 */
export async function indexSite(
  site: string | undefined,
  options: IndexSiteOptions = {},
): Promise<IndexSummary> {
  const started = performance.now();
  const plan = planOf(site, options);
  await refuseForeignFolder(plan.out);
  return indexRead(await readPages(plan), plan, started);
}

/**
 * Indexes pages that have been read.
 * @param started when that began, as `performance.now()` tells it
 */
export async function indexRead(
  { pages, skipped, warnings }: ReadSite,
  plan: Plan,
  started = performance.now(),
): Promise<IndexSummary> {
  const read = (performance.now() - started) / 1000;
  const groups = plan.language === undefined ? groupByLanguage(pages) : [{ language: plan.language, pages }];
  const { manifests, bytes, native, unchanged, cacheFailure, vectors, onnx, steps } = await indexPages(
    groups,
    plan,
  );
  const languages = manifests.map((manifest, at) => summaryOf(manifest, vectors[at]));
  return {
    folder: plan.out,
    pages: sum(languages.map(({ pages }) => pages)),
    sections: sum(languages.map(({ sections }) => sections)),
    passages: sum(languages.map(({ passages }) => passages)),
    skipped,
    warnings,
    filters: keysOf(manifests.map(({ filters }) => filters)),
    sorts: keysOf(manifests.map(({ sorts }) => sorts)),
    bytes: {
      keywords: sum(languages.map(({ bytes }) => bytes.keywords)),
      vectors: sum(languages.map(({ bytes }) => bytes.vectors)),
      passages: sum(languages.map(({ bytes }) => bytes.passages)),
      ...modelsOf(manifests),
      all: bytes,
    },
    languages,
    embedder: languages.find(({ embedder }) => embedder)?.embedder,
    reranker: languages.find(({ reranker }) => reranker)?.reranker,
    unread: [unread('embedder', plan, languages), unread('reranker', plan, languages)].filter(
      ({ languages }) => languages.length > 0,
    ),
    native: native ?? true,
    ...{ onnx, unchanged },
    cacheFailure,
    vectors: vectors.find((chosen) => chosen !== undefined),
    seconds: (performance.now() - started) / 1000,
    steps: { read, ...steps },
  };
}

async function readPages(plan: Plan): Promise<ReadSite> {
  const { input, exclude, selectors, maxPageBytes } = plan;
  const read = await siteOf(
    input.pages({
      ...{ exclude, selectors, maxPageBytes },
      onProgress: (done, total) => plan.onProgress('read', done, total),
    }),
  );
  if (read.pages.length > 0) return read;
  const reasons = read.skipped.slice(0, 5).map(({ file, reason }) => `\n  ${file}: ${reason}`);
  throw new SearchError(
    'bad-option',
    `No page of ${input.name} can be indexed; ${read.skipped.length} were skipped:${reasons.join('')}`,
  );
}

function summaryOf(manifest: Manifest, chosen: ChosenVectors | undefined): LanguageSummary {
  const { language, counts, keywords, vectors, passages, embedder, reranker } = manifest;
  const bytes = (shards: readonly [unknown, number, string][]): number =>
    sum(shards.map((shard) => shard[1]));
  return {
    language,
    ...counts,
    bytes: {
      keywords: bytes(keywords),
      vectors: vectors ? sum(wholeFiles(vectors).map((file) => file.bytes)) : 0,
      passages: bytes(passages),
    },
    embedder: embedder?.name,
    reranker: reranker?.name,
    vectors: chosen,
  };
}

/** Models and their runtime, which languages share. */
function modelsOf(manifests: readonly Manifest[]): { models: number; runtime: number } {
  const embedder = manifests.find(({ embedder }) => embedder)?.embedder;
  const reranker = manifests.find(({ reranker }) => reranker)?.reranker;
  const runtime = manifests.find(({ runtime }) => runtime)?.runtime;
  return {
    models: (embedder ? modelBytes(embedder) : 0) + (reranker ? modelBytes(reranker) : 0),
    runtime: (runtime?.module.bytes ?? 0) + (runtime?.binary.bytes ?? 0),
  };
}

function unread(
  kind: 'embedder' | 'reranker',
  plan: Plan,
  languages: readonly LanguageSummary[],
): IndexSummary['unread'][number] {
  const without = plan[kind] === 'none' ? [] : languages.filter((summary) => summary[kind] === undefined);
  return { model: plan[kind], languages: without.map(({ language }) => language) };
}

/** The keys of all languages' filters or sorts, each once. */
function keysOf(lists: readonly Manifest['filters'][]): string[] {
  return [...new Set(lists.flatMap((list) => list.map(([key]) => key)))];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
