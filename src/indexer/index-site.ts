import { SearchError } from '../engine/errors.js';
import { type FileEntry, type Manifest, modelBytes } from '../engine/index-file/manifest.js';
import { wholeFiles } from '../engine/vector/vector-entry.js';
import type { ChosenVectors } from './choose-vectors.js';
import { refuseForeignFolder } from './index-folder.js';
import { type IndexSiteOptions, isLanguage, type Plan, planOf } from './index-options.js';
import { indexPages } from './index-pages.js';
import { readSite, type SitePage, type SkippedPage } from './read-site.js';

/** What was indexed, and what it takes. */
export interface IndexSummary {
  folder: string;
  pages: number;
  sections: number;
  passages: number;
  skipped: SkippedPage[];
  /**
   * Bytes on disk: what a visitor loads, by parts, and everything together. Of 1-bit vectors, the rows that are read by
   * ranges are in `all` alone.
   */
  bytes: {
    keywords: number;
    vectors: number;
    passages: number;
    models: number;
    runtime: number;
    all: number;
  };
  embedder: string | undefined;
  reranker: string | undefined;
  /** The embedder ran natively, not in WebAssembly. */
  native: boolean;
  /** Passages that kept the vectors of an earlier run, their text being the same. */
  unchanged: number;
  /** Why vectors could not be kept for the next run, where they could not. */
  cacheFailure: string | undefined;
  /** How vectors are searched, and why; undefined without an embedder. */
  vectors: ChosenVectors | undefined;
  seconds: number;
}

/**
 * Indexes a built site: reads its pages, cuts them into passages, embeds those, and writes an index folder that the
 * site serves as static files.
 * @throws SearchError that names the option, the file or the model at fault; a former index is left as it was
 */
export async function indexSite(folder: string, options: IndexSiteOptions = {}): Promise<IndexSummary> {
  const started = performance.now();
  const plan = planOf(folder, options);
  await refuseForeignFolder(plan.out);
  const { pages, skipped } = await readPages(plan);
  const { manifest, bytes, native, unchanged, cacheFailure, vectors } = await indexPages(
    pages,
    plan.language ?? commonLanguage(pages),
    plan,
  );
  return {
    folder: plan.out,
    ...manifest.counts,
    skipped,
    bytes: { ...bytesOf(manifest), all: bytes },
    embedder: manifest.embedder?.name,
    reranker: manifest.reranker?.name,
    native: native ?? true,
    unchanged,
    cacheFailure,
    vectors,
    seconds: (performance.now() - started) / 1000,
  };
}

async function readPages(plan: Plan): Promise<{ pages: SitePage[]; skipped: SkippedPage[] }> {
  const read = await readSite(plan.site, {
    include: ['**/*.{html,htm}'],
    exclude: plan.exclude,
    maxPageBytes: plan.maxPageBytes,
    onProgress: (done, total) => plan.onProgress('read', done, total),
  });
  if (read.pages.length > 0) return read;
  const reasons = read.skipped.slice(0, 5).map(({ file, reason }) => `\n  ${file}: ${reason}`);
  throw new SearchError(
    'bad-option',
    `No page of ${plan.site} can be indexed; ${read.skipped.length} were skipped:${reasons.join('')}`,
  );
}

function commonLanguage(pages: readonly SitePage[]): string {
  const counts = new Map<string, number>();
  for (const { language } of pages)
    if (language && isLanguage(language)) counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts].sort((left, right) => right[1] - left[1])[0]?.[0] ?? 'en';
}

function bytesOf(manifest: Manifest): Omit<IndexSummary['bytes'], 'all'> {
  const { keywords, vectors, passages, embedder, reranker, runtime } = manifest;
  const shards = (list: readonly [unknown, number, string][]): number =>
    list.reduce((total, [, bytes]) => total + bytes, 0);
  const sum = (files: readonly (FileEntry | undefined)[]): number =>
    files.reduce((total, file) => total + (file?.bytes ?? 0), 0);
  return {
    keywords: shards(keywords),
    vectors: vectors ? sum(wholeFiles(vectors)) : 0,
    passages: shards(passages),
    models: (embedder ? modelBytes(embedder) : 0) + (reranker ? modelBytes(reranker) : 0),
    runtime: sum([runtime?.module, runtime?.binary]),
  };
}
