import { SearchError } from '../engine/errors.js';
import { type FileEntry, type Manifest, modelBytes } from '../engine/index-file/manifest.js';
import { embedPassages } from './embed-passages.js';
import { IndexFolder, refuseForeignFolder } from './index-folder.js';
import { type IndexSiteOptions, isLanguage, type Plan, planOf } from './index-options.js';
import { passagesOf } from './passages-of.js';
import { type PreparedEmbedder, prepareEmbedder, prepareReranker } from './prepare-models.js';
import { readSite, type SitePage, type SkippedPage } from './read-site.js';
import { type IndexContents, writeIndex } from './write-index.js';

/** What was indexed, and what it takes. */
export interface IndexSummary {
  folder: string;
  pages: number;
  sections: number;
  passages: number;
  skipped: SkippedPage[];
  /** Bytes on disk: what every search needs, the models, and everything together. */
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
  const embedder = await ifNamed(plan.embedder, (name) => prepareEmbedder(name, plan.onDownload));
  const reranker = await ifNamed(plan.reranker, (name) =>
    prepareReranker(name, plan.rerankWeight, plan.onDownload),
  );
  const language = plan.language ?? commonLanguage(pages);
  const passages = passagesOf(pages, { language, ...passageLength(plan, embedder) });
  const vectors =
    embedder &&
    (await embedPassages(passages, embedder, (done, total) => plan.onProgress('embed', done, total)));
  await embedder?.dispose();

  const { siteUrl, script } = plan;
  const contents = { language, siteUrl, pages: pages.length, passages, vectors, embedder, reranker, script };
  const { manifest, bytes } = await publishIndex(plan.out, contents);
  return {
    folder: plan.out,
    ...manifest.counts,
    skipped,
    bytes: { ...bytesOf(manifest), all: bytes },
    embedder: embedder?.model.name,
    reranker: reranker?.model.name,
    native: embedder?.native ?? true,
    seconds: (performance.now() - started) / 1000,
  };
}

async function publishIndex(
  out: string,
  contents: IndexContents,
): Promise<{ manifest: Manifest; bytes: number }> {
  const index = await IndexFolder.begin(out);
  try {
    const manifest = await writeIndex(index, contents);
    await index.publish();
    return { manifest, bytes: index.bytes };
  } catch (error) {
    await index.abandon();
    throw error;
  }
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

async function ifNamed<T>(name: string, prepare: (name: string) => Promise<T>): Promise<T | undefined> {
  return name === 'none' ? undefined : prepare(name);
}

function commonLanguage(pages: readonly SitePage[]): string {
  const counts = new Map<string, number>();
  for (const { language } of pages)
    if (language && isLanguage(language)) counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts].sort((left, right) => right[1] - left[1])[0]?.[0] ?? 'en';
}

/** How long passages may be, and how that is counted: without an embedder, by words and marks, about as a model would. */
function passageLength(
  { passageTokens }: Plan,
  prepared: PreparedEmbedder | undefined,
): { maxTokens: number; count: (text: string) => number } {
  if (!prepared)
    return {
      maxTokens: passageTokens,
      count: (text) => text.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)?.length ?? 0,
    };
  const { tokenizer } = prepared.embedder;
  return {
    maxTokens: Math.min(passageTokens, prepared.entry.maxTokens) - tokenizer.overhead.single,
    count: tokenizer.count,
  };
}

function bytesOf(manifest: Manifest): Omit<IndexSummary['bytes'], 'all'> {
  const { keywords, vectors, shards, embedder, reranker, runtime } = manifest;
  const sum = (files: readonly (FileEntry | undefined)[]): number =>
    files.reduce((total, file) => total + (file?.bytes ?? 0), 0);
  return {
    keywords: keywords.bytes,
    vectors: sum([vectors]),
    passages: sum(shards),
    models: (embedder ? modelBytes(embedder) : 0) + (reranker ? modelBytes(reranker) : 0),
    runtime: sum([runtime?.module, runtime?.binary]),
  };
}
