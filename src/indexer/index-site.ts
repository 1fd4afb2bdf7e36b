import { relative, resolve, sep } from 'node:path';
import { SearchError } from '../engine/errors.js';
import { INDEX_FORMAT, MANIFEST, type Manifest } from '../engine/index-file/manifest.js';
import { type Passage, writePassageFile } from '../engine/index-file/passage-file.js';
import { buildKeywords, fieldsOf } from '../engine/keyword/build-keywords.js';
import { quantise, writeVectorFile } from '../engine/vector/vector-file.js';
import { copyBrowserFiles, copyRuntime } from './copy-browser-files.js';
import type { OnDownload } from './download-model.js';
import { embedPassages } from './embed-passages.js';
import { DEFAULT_EMBEDDER, DEFAULT_RERANKER } from './find-model.js';
import { IndexFolder } from './index-folder.js';
import { VERSION } from './package-root.js';
import { passagesOf } from './passages-of.js';
import { copyModel, type PreparedEmbedder, prepareEmbedder, prepareReranker } from './prepare-models.js';
import { readSite, type SitePage, type SkippedPage } from './read-site.js';

export interface IndexSiteOptions {
  /** Where the index goes; a former index there is replaced. Default: `second-look` inside the site. */
  out?: string | undefined;
  /** The site's root as an absolute URL or a path; needed only when `out` lies outside the site. */
  siteUrl?: string | undefined;
  /** Embedding model: a folder, a name of ours, a hub id (`owner/name`), or `none`. Default Xenova/all-MiniLM-L6-v2. */
  embedder?: string | undefined;
  /** Cross-encoder, likewise. Default: the one that this package ships. */
  reranker?: string | undefined;
  /** The cross-encoder's share in the final score, 0 to 1. Default: what the model's own settings say. */
  rerankWeight?: number | undefined;
  /** Longest passage, in the embedder's tokens and with its heading trail, 48 to 512. Longer ones are fewer, and slower to rerank. Default 128. */
  passageTokens?: number | undefined;
  /** Larger pages are skipped, in bytes. Default 10 MB. */
  maxPageBytes?: number | undefined;
  /** Files to leave out: globs relative to the site. */
  exclude?: readonly string[] | undefined;
  /** Language of the pages, BCP 47. Default: what most pages say in `html[lang]`, else English. */
  language?: string | undefined;
  /** Copy `second-look.js` into the index, for pages that load it by a script tag. Default true. */
  script?: boolean | undefined;
  onProgress?: (step: Step, done: number, total: number) => void;
  onDownload?: OnDownload;
}

export type Step = 'read' | 'embed';

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

/** About this many bytes of text go into one passage file: small enough to fetch for a single result. */
const SHARD_BYTES = 64 * 1024;

/**
 * Indexes a built site: reads its pages, cuts them into passages, embeds those, and writes an index folder that the
 * site serves as static files.
 * @throws SearchError that names the option, the file or the model at fault; a former index is left as it was
 */
export async function indexSite(site: string, options: IndexSiteOptions = {}): Promise<IndexSummary> {
  const started = performance.now();
  const out = resolve(options.out ?? `${site}/second-look`);
  checkOptions(options);
  const siteUrl = options.siteUrl ?? siteUrlFrom(resolve(site), out);
  const { pages, skipped } = await readSite(site, {
    include: ['**/*.{html,htm}'],
    exclude: [...(options.exclude ?? []), `${relative(resolve(site), out)}/**`],
    maxPageBytes: options.maxPageBytes ?? 10e6,
    onProgress: (done, total) => options.onProgress?.('read', done, total),
  });
  if (pages.length === 0) throw nothingToIndex(site, skipped);
  const language = options.language ?? commonLanguage(pages);

  const embedder = await ifNamed(options.embedder ?? DEFAULT_EMBEDDER, (name) =>
    prepareEmbedder(name, options.onDownload),
  );
  const reranker = await ifNamed(options.reranker ?? DEFAULT_RERANKER, (name) =>
    prepareReranker(name, options.rerankWeight, options.onDownload),
  );
  const passages = passagesOf(pages, {
    maxTokens: passageTokens(options, embedder),
    count: counter(embedder),
    language,
  });
  const vectors = embedder && (await embed(passages, embedder, options));

  const index = await IndexFolder.begin(out);
  try {
    const keywords = await index.add('keywords.bin', buildKeywords(passages.map(fieldsOf)));
    const vectorFile = vectors && (await index.add('vectors.bin', writeVectorFile(quantise(vectors))));
    const shards: Manifest['shards'] = [];
    for (const shard of cutShards(passages))
      shards.push({
        first: shard[0]?.id ?? 0,
        ...(await index.add('passages/part.json', writePassageFile(shard))),
      });
    const counts = {
      pages: pages.length,
      sections: new Set(passages.map(({ section }) => section)).size,
      passages: passages.length,
    };
    const manifest: Manifest = {
      format: INDEX_FORMAT,
      generator: `second-look ${VERSION}`,
      language,
      site: siteUrl,
      counts,
      keywords,
      ...(vectorFile && { vectors: vectorFile }),
      shards,
      ...(embedder && {
        embedder: { ...(await copyModel(index, 'embedder', embedder.model)), ...embedder.entry },
      }),
      ...(reranker && {
        reranker: { ...(await copyModel(index, 'reranker', reranker.model)), ...reranker.entry },
      }),
      ...((embedder ?? reranker) && { runtime: await copyRuntime(index) }),
    };
    if (options.script ?? true) await copyBrowserFiles(index);
    await index.addAs(MANIFEST, new TextEncoder().encode(JSON.stringify(manifest, null, 1)));
    await index.publish();
    return {
      folder: out,
      ...counts,
      skipped,
      bytes: { ...bytesOf(manifest), all: index.bytes },
      embedder: embedder?.model.name,
      reranker: reranker?.model.name,
      native: embedder?.native ?? true,
      seconds: (performance.now() - started) / 1000,
    };
  } catch (error) {
    await index.abandon();
    throw error;
  }
}

function checkOptions({ rerankWeight, passageTokens, maxPageBytes }: IndexSiteOptions): void {
  const check = (name: string, value: number | undefined, least: number, most: number): void => {
    if (value !== undefined && !(value >= least && value <= most))
      throw new SearchError('bad-option', `${name} is ${value}; expected a number from ${least} to ${most}.`);
  };
  check('rerankWeight', rerankWeight, 0, 1);
  check('passageTokens', passageTokens, 48, 512);
  check('maxPageBytes', maxPageBytes, 1, 1e9);
}

function nothingToIndex(site: string, skipped: readonly SkippedPage[]): SearchError {
  const reasons = skipped.slice(0, 5).map(({ file, reason }) => `  ${file}: ${reason}`);
  return new SearchError(
    'bad-option',
    `None of the ${skipped.length} pages in ${site} can be indexed:\n${reasons.join('\n')}`,
  );
}

/** The site's root as seen from the index folder: `../` for an index one folder down. */
function siteUrlFrom(site: string, out: string): string {
  const down = relative(site, out);
  if (down === '' || down.startsWith('..'))
    throw new SearchError(
      'bad-option',
      `The index folder ${out} is not inside the site ${site}, so it cannot know where the pages are: say it with --site-url.`,
    );
  return '../'.repeat(down.split(sep).length);
}

function commonLanguage(pages: readonly SitePage[]): string {
  const counts = new Map<string, number>();
  for (const { language } of pages)
    if (language && isLanguage(language)) counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts].sort((left, right) => right[1] - left[1])[0]?.[0] ?? 'en';
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

async function ifNamed<T>(name: string, prepare: (name: string) => Promise<T>): Promise<T | undefined> {
  return name === 'none' ? undefined : prepare(name);
}

function passageTokens(
  { passageTokens = 128 }: IndexSiteOptions,
  embedder: PreparedEmbedder | undefined,
): number {
  const { overhead } = embedder?.embedder.tokenizer ?? { overhead: { single: 0 } };
  return Math.min(passageTokens, embedder?.entry.maxTokens ?? Infinity) - overhead.single;
}

/** Counts tokens; without an embedder, words and marks, of which a model would make about as many. */
function counter(embedder: PreparedEmbedder | undefined): (text: string) => number {
  return (
    embedder?.embedder.tokenizer.count ??
    ((text) => text.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)?.length ?? 0)
  );
}

async function embed(
  passages: readonly Passage[],
  prepared: PreparedEmbedder,
  { onProgress }: IndexSiteOptions,
): Promise<Float32Array[]> {
  try {
    return await embedPassages(
      passages,
      { embedder: prepared.embedder, headingJoint: prepared.entry.headingJoint },
      (done, total) => onProgress?.('embed', done, total),
    );
  } finally {
    await prepared.dispose();
  }
}

function* cutShards(passages: readonly Passage[]): Generator<Passage[]> {
  let shard: Passage[] = [];
  let bytes = 0;
  for (const passage of passages) {
    shard.push(passage);
    bytes += passage.text.length;
    if (bytes < SHARD_BYTES) continue;
    yield shard;
    shard = [];
    bytes = 0;
  }
  if (shard.length > 0) yield shard;
}

function bytesOf(manifest: Manifest): Omit<IndexSummary['bytes'], 'all'> {
  const sum = (files: readonly ({ bytes: number } | undefined)[]): number =>
    files.reduce((total, file) => total + (file?.bytes ?? 0), 0);
  const { keywords, vectors, shards, embedder, reranker, runtime } = manifest;
  const model = (entry: typeof embedder | typeof reranker): number =>
    sum([entry?.weights, entry?.tokenizer, entry?.tokenizerConfig]);
  return {
    keywords: keywords.bytes,
    vectors: vectors?.bytes ?? 0,
    passages: sum(shards),
    models: model(embedder) + model(reranker),
    runtime: sum([runtime?.module, runtime?.binary]),
  };
}
