import { setFlagsFromString } from 'node:v8';
import type { CAC } from 'cac';
import { messageOf, SearchError } from '../engine/errors.js';
import { indexSite } from '../indexer/index-site.js';
import { DEFAULT_EMBEDDER, DEFAULT_RERANKER } from '../indexer/find-model.js';
import { VECTOR_CHOICES } from '../indexer/choose-vectors.js';
import type { Step } from '../indexer/index-options.js';
import { MARKDOWN_URLS } from '../indexer/sources/parse-markdown.js';
import { loadConfig } from './config/load-config.js';
import { describeSummary } from './describe-summary.js';
import { type IndexFlags, indexOptions } from './index-flags.js';
import { addPagefindFlags } from './pagefind-flags.js';
import { createProgress } from './progress.js';

const STEPS: Record<Step, string> = {
  read: 'Reading pages',
  cut: 'Cutting pages',
  embed: 'Embedding passages',
  link: 'Linking vectors',
};

/** `second-look index [DIR | FILE.jsonl]` */
export function registerIndexCommand(cli: CAC): void {
  const command = cli
    .command('index [dir]', 'Index a site: a folder of HTML or Markdown, a .jsonl file, or a sitemap')
    .usage('index [DIR | FILE.jsonl | --sitemap URL] [options]')
    .option('--config <file>', 'Options (default: second-look.config.{ts,js,mjs,json}, if there is one)')
    .option('--out <folder>', 'Where the index goes (default: DIR/second-look)')
    .option('--site-url <url>', 'URL of the site root, when the index lies outside DIR')
    .option('--sitemap <url>', 'Fetch the pages that a sitemap names, from its own host alone')
    .option('--max-pages <n>', 'Most pages of the sitemap (default: 10,000)')
    .option('--max-page-mb <n>', 'Skip larger pages (default: 10)')
    .option(
      '--glob <glob>',
      'Files to read, relative to DIR; may be given again (default: HTML, else Markdown)',
    )
    .option('--exclude <glob>', 'Leave out files, relative to DIR; may be given again')
    .option('--root-selector <css>', 'Where the main content is, in pages that do not mark it')
    .option('--exclude-selectors <css>', 'Leave out elements; may be given again')
    .option(
      '--markdown-urls <how>',
      `How the site publishes a.md: ${MARKDOWN_URLS.join(', ')} (default: html, as a.html)`,
    )
    .option(
      '--language <tag>',
      'Index all pages as of this language (default: an index for each that they say)',
    )
    .option('--synonyms <file>', 'Words that stand for each other: JSON such as [["k8s", "kubernetes"]]')
    .option('--embedder <model>', `Embedding model: hub id, folder, or none (default: ${DEFAULT_EMBEDDER})`)
    .option('--reranker <model>', `Cross-encoder: hub id, folder, or none (default: ${DEFAULT_RERANKER})`)
    .option('--rerank-weight <share>', "The cross-encoder's share in the final score, 0 to 1")
    .option('--passage-tokens <n>', 'Longest passage in tokens, 48 to 512 (default: 128)')
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
    .option('--json', 'Print the summary as JSON on stdout; progress goes to stderr');
  addPagefindFlags(command)
    .example('second-look index ./dist')
    .example('second-look index ./dist --exclude "archive/**" --reranker Xenova/ms-marco-MiniLM-L-6-v2')
    .example('second-look index ./docs --markdown-urls folder --out ./public/second-look --site-url /docs/')
    .example('second-look index pages.jsonl --out ./public/second-look')
    .example('second-look index --sitemap http://localhost:8080/sitemap.xml --out ./public/second-look')
    .action(runIndex);
}

async function runIndex(dir: string | undefined, flags: IndexFlags): Promise<void> {
  // Left alone, V8 lets garbage pile up to several times what is in use: 2.1 GB for a site that needs .9.
  setFlagsFromString('--heap-growing-percent=40');
  const { site, options } = indexOptions(dir, flags, await loadConfig(flags.config));
  const progress = createProgress(process.stderr);
  try {
    const summary = await indexSite(site, {
      ...options,
      onProgress: (step, done, total) => progress.show(STEPS[step], done, total),
      onDownload: ({ file, loaded, total }) => progress.show(`Downloading ${file}`, loaded, total),
    });
    progress.stop();
    process.stdout.write(flags.json ? `${JSON.stringify(summary)}\n` : describeSummary(summary));
  } catch (error) {
    progress.stop();
    throw error instanceof SearchError
      ? error
      : new Error(`Indexing ${site ?? options.sitemap} failed: ${messageOf(error)}`, { cause: error });
  }
}
