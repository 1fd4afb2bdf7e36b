import type { CAC } from 'cac';
import pc from 'picocolors';
import { SearchError } from '../engine/errors.js';
import { DEFAULT_EMBEDDER, DEFAULT_RERANKER } from '../indexer/find-model.js';
import { indexRemote, type RemoteSummary } from '../indexer/index-remote.js';
import { readJson } from '../indexer/read-json.js';
import { indexOf } from './config/index-of.js';
import { loadConfig } from './config/load-config.js';
import { notRead, size } from './describe-summary.js';
import { numeric } from './flags.js';
import { printable } from './printable.js';
import { createProgress } from './progress.js';

interface RemoteFlags {
  config?: string;
  out?: string;
  siteUrl?: string;
  embedder?: string;
  reranker?: string;
  rerankWeight?: unknown;
  language?: string;
  script: boolean;
  json?: boolean;
}

/** `second-look remote FILE --out DIR` */
export function registerRemoteCommand(cli: CAC): void {
  cli
    .command('remote [file]', "Write a search whose first look is taken by the site's own search engine")
    .option('--out <folder>', 'Where the index goes')
    .option('--site-url <url>', 'URL of the site root (default: /, the root of the host)')
    .option(
      '--embedder <model>',
      `The model that made the engine's vectors, where FILE sends one (default: ${DEFAULT_EMBEDDER})`,
    )
    .option('--reranker <model>', `Cross-encoder: hub id, folder, or none (default: ${DEFAULT_RERANKER})`)
    .option('--rerank-weight <share>', "The cross-encoder's share in the final score, 0 to 1")
    .option('--language <tag>', 'Language of the pages (default: en)')
    .option('--no-script', 'Do not copy second-look.js into the index')
    .option('--json', 'Print the summary as JSON')
    .option('--config <file>', 'Options (default: second-look.config.{ts,js,mjs,json}, if there is one)')
    .example('second-look remote opensearch.json --out ./dist/second-look')
    .action(runRemote);
}

async function runRemote(named: string | undefined, flags: RemoteFlags): Promise<void> {
  const config = await loadConfig(flags.config);
  const file = named ?? config.remote?.file;
  if (file === undefined)
    throw new SearchError(
      'bad-option',
      'Name the file that describes your search engine: second-look remote engine.json --out ./dist/second-look.',
    );
  const out = flags.out ?? indexOf(config);
  if (out === undefined)
    throw new SearchError(
      'bad-option',
      'Say where the index goes, a folder that your site serves: --out ./dist/second-look.',
    );
  const progress = createProgress(process.stderr);
  try {
    const summary = await indexRemote(await readJson(file), file, {
      out,
      siteUrl: flags.siteUrl ?? config.siteUrl,
      embedder: flags.embedder ?? config.embedder,
      reranker: flags.reranker ?? config.reranker,
      rerankWeight: numeric('--rerank-weight', flags.rerankWeight) ?? config.rerankWeight,
      language: flags.language ?? config.language,
      script: flags.script && config.script !== false,
      onDownload: ({ file, loaded, total }) => progress.show(`Downloading ${file}`, loaded, total),
    });
    progress.stop();
    process.stdout.write(flags.json ? `${JSON.stringify(summary)}\n` : describe(summary));
  } finally {
    progress.stop();
  }
}

function describe({
  folder,
  engine,
  url,
  headers,
  embedder,
  reranker,
  unread,
  bytes,
}: RemoteSummary): string {
  const lines = [
    `${pc.green('Wrote')} a search of ${engine ?? 'the engine'} at ${printable(url)} → ${pc.bold(folder)}`,
    `  embedder ${embedder ?? 'none'}, reranker ${reranker ?? 'none'}; models ${size(bytes.models)}, ${size(bytes.all)} in all`,
    ...notRead(unread).map((line) => pc.yellow(`  ${line}`)),
  ];
  if (headers.length > 0)
    lines.push(
      pc.yellow(
        `  Public: every visitor can read ${headers.map(printable).join(', ')}. A key there must be one that can search and nothing else.`,
      ),
    );
  return `${lines.join('\n')}\n`;
}
