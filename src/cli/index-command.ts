import { setFlagsFromString } from 'node:v8';
import type { CAC } from 'cac';
import { messageOf, SearchError } from '../engine/errors.js';
import { indexSite } from '../indexer/index-site.js';
import { DEFAULT_EMBEDDER, DEFAULT_RERANKER } from '../indexer/find-model.js';
import { VECTOR_CHOICES, type VectorChoice } from '../indexer/choose-vectors.js';
import type { Step } from '../indexer/index-options.js';
import { numeric, written } from './flags.js';
import { createProgress } from './progress.js';
import { describeSummary } from './describe-summary.js';

interface IndexFlags {
  out?: string | number;
  siteUrl?: string | number;
  embedder: string;
  reranker: string;
  rerankWeight?: unknown;
  passageTokens?: unknown;
  maxPageMb?: unknown;
  exclude?: string | string[];
  language?: string;
  synonyms?: string | number;
  cache?: string | number;
  vectors?: string;
  hnswM?: unknown;
  hnswEfConstruction?: unknown;
  hnswEf?: unknown;
  script: boolean;
  json?: boolean;
}

const STEPS: Record<Step, string> = {
  read: 'Reading pages',
  cut: 'Cutting pages',
  embed: 'Embedding passages',
  link: 'Linking vectors',
};

/** `second-look index DIR` */
export function registerIndexCommand(cli: CAC): void {
  cli
    .command('index <dir>', 'Index a folder of built HTML and write the search beside it')
    .option('--out <folder>', 'Where the index goes (default: DIR/second-look)')
    .option('--site-url <url>', 'URL of the site root, when the index lies outside DIR')
    .option('--embedder <model>', 'Embedding model: hub id, folder, or none', { default: DEFAULT_EMBEDDER })
    .option('--reranker <model>', 'Cross-encoder: hub id, folder, or none', { default: DEFAULT_RERANKER })
    .option('--rerank-weight <share>', "The cross-encoder's share in the final score, 0 to 1")
    .option('--passage-tokens <n>', 'Longest passage in tokens, 48 to 512 (default: 128)')
    .option('--max-page-mb <n>', 'Skip larger pages (default: 10)')
    .option('--exclude <glob>', 'Leave out files, relative to DIR; may be given again')
    .option(
      '--language <tag>',
      'Index all pages as of this language (default: an index for each that they say)',
    )
    .option('--synonyms <file>', 'Words that stand for each other: JSON such as [["k8s", "kubernetes"]]')
    .option(
      '--cache <folder>',
      'Keeps vectors for the next run, or none to embed all again (default: beside downloaded models)',
    )
    .option(
      '--vectors <mode>',
      `${VECTOR_CHOICES.join(', ')} (default: auto, flat up to 20,000 passages, binary above)`,
    )
    .option(
      '--hnsw-m <n>',
      'With --vectors hnsw: links of a node, 4 to 64; more find more, and take room (default: 16)',
    )
    .option(
      '--hnsw-ef-construction <n>',
      'Likewise: nodes in view as links are chosen, 8 to 2000; more find more, slower to build (default: 400)',
    )
    .option(
      '--hnsw-ef <n>',
      'Likewise: nodes in view in a search, 8 to 2000; more find more, slower (default: 200)',
    )
    .option('--no-script', 'Do not copy second-look.js into the index')
    .option('--json', 'Print the summary as JSON')
    .example('second-look index ./dist')
    .example('second-look index ./dist --reranker Xenova/ms-marco-MiniLM-L-6-v2')
    .action(runIndex);
}

async function runIndex(dir: string, flags: IndexFlags): Promise<void> {
  // Left alone, V8 lets garbage pile up to several times what is in use: 2.1 GB for a site that needs .9.
  setFlagsFromString('--heap-growing-percent=40');
  const progress = createProgress(process.stderr);
  try {
    const megabytes = numeric('--max-page-mb', flags.maxPageMb);
    const summary = await indexSite(dir, {
      out: written(flags.out),
      siteUrl: written(flags.siteUrl),
      embedder: flags.embedder,
      reranker: flags.reranker,
      rerankWeight: numeric('--rerank-weight', flags.rerankWeight),
      passageTokens: numeric('--passage-tokens', flags.passageTokens),
      maxPageBytes: megabytes && megabytes * 1e6,
      exclude: flags.exclude === undefined ? [] : [flags.exclude].flat(),
      language: flags.language,
      synonyms: written(flags.synonyms),
      cache: flags.cache === 'none' ? false : written(flags.cache),
      vectors: flags.vectors as VectorChoice | undefined,
      hnsw: {
        m: numeric('--hnsw-m', flags.hnswM),
        efConstruction: numeric('--hnsw-ef-construction', flags.hnswEfConstruction),
        ef: numeric('--hnsw-ef', flags.hnswEf),
      },
      script: flags.script,
      onProgress: (step, done, total) => progress.show(STEPS[step], done, total),
      onDownload: ({ file, loaded, total }) => progress.show(`Downloading ${file}`, loaded, total),
    });
    progress.stop();
    process.stdout.write(flags.json ? `${JSON.stringify(summary)}\n` : describeSummary(summary));
  } catch (error) {
    progress.stop();
    throw error instanceof SearchError
      ? error
      : new Error(`Indexing ${dir} failed: ${messageOf(error)}`, { cause: error });
  }
}
