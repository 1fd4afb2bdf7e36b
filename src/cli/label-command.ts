import type { CAC } from 'cac';
import pc from 'picocolors';
import { countOf } from '../evaluate/format.js';
import { serveLabels } from '../label/server/serve-labels.js';
import { whole } from './flags.js';

interface LabelFlags {
  out: string | number;
  port?: unknown;
  language?: string;
}

/** `second-look label INDEX` */
export function registerLabelCommand(cli: CAC): void {
  cli
    .command('label <index>', 'Open a local page on which to write queries and mark the right results')
    .option('--out <folder>', 'Where queries.jsonl and qrels/test.tsv go; what is there is extended', {
      default: 'labels',
    })
    .option('--language <tag>', "Which language's index (default: the main one)")
    .option('--port <n>', 'Port on this machine (default: 4321, or the next that is free)')
    .example('second-look label ./dist/second-look')
    .action(runLabel);
}

async function runLabel(index: string | number, flags: LabelFlags): Promise<void> {
  const out = String(flags.out);
  const server = await serveLabels(String(index), {
    out,
    port: whole('--port', flags.port, 1, 65_535),
    language: flags.language,
  });
  const had = server.queries > 0 ? ` (${countOf(server.queries, 'query', 'queries')} so far)` : '';
  process.stdout.write(
    `${pc.green('Labelling')} ${String(index)} → ${pc.bold(out)}${had}\n` +
      `  ${pc.cyan(server.url)}\n` +
      `  ${pc.dim('Every change is saved at once. Ctrl-C ends.')}\n`,
  );
  const end = (): void => void server.close().then(() => process.exit(0));
  process.once('SIGINT', end).once('SIGTERM', end);
}
