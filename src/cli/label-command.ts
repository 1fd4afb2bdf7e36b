import type { CAC } from 'cac';
import pc from 'picocolors';
import { SearchError } from '../engine/errors.js';
import { countOf } from '../evaluate/format.js';
import { serveLabels } from '../label/server/serve-labels.js';
import { indexOf } from './config/index-of.js';
import { loadConfig } from './config/load-config.js';
import { whole } from './flags.js';

interface LabelFlags {
  config?: string;
  out?: string;
  port?: unknown;
  language?: string;
}

/** `second-look label INDEX` */
export function registerLabelCommand(cli: CAC): void {
  cli
    .command('label [index]', 'Open a local page on which to write queries and mark the right results')
    .option(
      '--out <folder>',
      'Where queries.jsonl and qrels/test.tsv go; what is there is extended (default: labels)',
    )
    .option('--language <tag>', "Which language's index (default: the main one)")
    .option('--port <n>', 'Port on this machine (default: 4321, or the next that is free)')
    .option('--config <file>', 'Options (default: second-look.config.{ts,js,mjs,json}, if there is one)')
    .example('second-look label ./dist/second-look')
    .action(runLabel);
}

async function runLabel(named: string | undefined, flags: LabelFlags): Promise<void> {
  const config = await loadConfig(flags.config);
  const index = named ?? indexOf(config);
  if (index === undefined)
    throw new SearchError('bad-option', 'Name the index folder: second-look label ./dist/second-look.');
  const out = flags.out ?? config.labels ?? 'labels';
  const server = await serveLabels(index, {
    out,
    port: whole('--port', flags.port, 1, 65_535),
    language: flags.language,
  });
  const had = server.queries > 0 ? ` (${countOf(server.queries, 'query', 'queries')} so far)` : '';
  process.stdout.write(
    `${pc.green('Labelling')} ${index} → ${pc.bold(out)}${had}\n` +
      `  ${pc.cyan(server.url)}\n` +
      `  ${pc.dim('Every change is saved at once. Ctrl-C ends.')}\n`,
  );
  const end = (): void => void server.close().then(() => process.exit(0));
  process.once('SIGINT', end).once('SIGTERM', end);
}
