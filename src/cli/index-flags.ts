import type { VectorChoice } from '../indexer/choose-vectors.js';
import type { IndexSiteOptions } from '../indexer/index-options.js';
import { isJsonLines } from '../indexer/sources/line-pages.js';
import type { MarkdownUrls } from '../indexer/sources/parse-markdown.js';
import type { SecondLookConfig } from './config/define-config.js';
import { defined, numeric } from './flags.js';
import { type PagefindFlags, withPagefind } from './pagefind-flags.js';

/** The flags of `second-look index`, as cac has them. */
export interface IndexFlags extends PagefindFlags {
  config?: string;
  out?: string;
  siteUrl?: string;
  embedder?: string;
  reranker?: string;
  rerankWeight?: unknown;
  passageTokens?: unknown;
  maxPageMb?: unknown;
  glob?: string | string[];
  exclude?: string | string[];
  rootSelector?: string;
  excludeSelectors?: string | string[];
  markdownUrls?: string;
  sitemap?: string;
  maxPages?: unknown;
  language?: string;
  synonyms?: string;
  cache?: string;
  vectors?: string;
  hnswM?: unknown;
  hnswEfConstruction?: unknown;
  hnswEf?: unknown;
  script: boolean;
  json?: boolean;
}

/**
 * What is to be indexed and how: by the flags, and where they say nothing by the config file. A flag that says where the
 * pages are takes the place of whatever the file says of that.
 */
export function indexOptions(
  dir: string | undefined,
  flags: IndexFlags,
  config: SecondLookConfig,
): { site: string | undefined; options: IndexSiteOptions } {
  const { site: usual, sitemap, maxPages, glob, exclude, markdownUrls, ...rest } = config;
  const { site, out, language } = withPagefind(
    { dir, out: flags.out, language: flags.language },
    flags,
    usual,
  );
  const namesInput = site !== undefined || flags.sitemap !== undefined;
  // Another folder may be read as the usual one is; other inputs have no files to choose from.
  const namesFolder = flags.sitemap === undefined && !isJsonLines(site ?? '');
  const megabytes = numeric('--max-page-mb', flags.maxPageMb);
  const given = defined({
    ...{ out, language, siteUrl: flags.siteUrl },
    sitemap: flags.sitemap,
    maxPages: numeric('--max-pages', flags.maxPages),
    maxPageBytes: megabytes && megabytes * 1e6,
    glob: listOf(flags.glob),
    exclude: listOf(flags.exclude),
    rootSelector: flags.rootSelector,
    excludeSelectors: listOf(flags.excludeSelectors),
    markdownUrls: flags.markdownUrls as MarkdownUrls | undefined,
    embedder: flags.embedder,
    reranker: flags.reranker,
    rerankWeight: numeric('--rerank-weight', flags.rerankWeight),
    passageTokens: numeric('--passage-tokens', flags.passageTokens),
    synonyms: flags.synonyms,
    cache: flags.cache === 'none' ? (false as const) : flags.cache,
    vectors: flags.vectors as VectorChoice | undefined,
    script: flags.script ? undefined : false,
  });
  const hnsw = defined({
    m: numeric('--hnsw-m', flags.hnswM),
    efConstruction: numeric('--hnsw-ef-construction', flags.hnswEfConstruction),
    ef: numeric('--hnsw-ef', flags.hnswEf),
  });
  return {
    site: namesInput ? site : usual,
    options: {
      ...rest,
      ...(!namesInput && { sitemap, maxPages }),
      ...(namesFolder && { glob, exclude, markdownUrls }),
      ...given,
      hnsw: { ...config.hnsw, ...hnsw },
    },
  };
}

/** A flag that may be given again. */
function listOf(value: string | string[] | undefined): string[] | undefined {
  return value === undefined ? undefined : [value].flat();
}
