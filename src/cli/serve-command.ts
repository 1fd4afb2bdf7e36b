import type { CAC } from 'cac';
import pc from 'picocolors';
import { loadConfig } from './config/load-config.js';
import { whole } from './flags.js';
import { serveFolder } from './serve/serve-folder.js';

interface ServeFlags {
  config?: string;
  port?: unknown;
  host?: string;
  isolate?: boolean;
}

/** `second-look serve [FOLDER]` */
export function registerServeCommand(cli: CAC): void {
  cli
    .command('serve [folder]', 'Serve a built site as a static host does, to try it')
    .option('--port <n>', 'Port (default: 4321, or the next that is free)')
    .option('--host <address>', 'Address to listen on; 0.0.0.0 for other machines too (default: 127.0.0.1)')
    .option('--isolate', 'Send COOP and COEP, as hosts do that isolate their pages')
    .option('--config <file>', 'Options (default: second-look.config.{ts,js,mjs,json}, if there is one)')
    .example('second-look serve ./dist')
    .example('second-look serve ./dist --port 8080 --isolate')
    .action(runServe);
}

async function runServe(folder: string | undefined, flags: ServeFlags): Promise<void> {
  const config = await loadConfig(flags.config);
  const site = folder ?? config.site ?? '.';
  const { url, close } = await serveFolder(site, {
    port: whole('--port', flags.port ?? config.serve?.port, 1, 65_535),
    host: flags.host ?? config.serve?.host,
    isolate: flags.isolate ?? config.serve?.isolate,
  });
  process.stdout.write(`${pc.green('Serving')} ${site}\n  ${pc.cyan(url)}\n  ${pc.dim('Ctrl-C ends.')}\n`);
  const end = (): void => void close().then(() => process.exit(0));
  process.once('SIGINT', end).once('SIGTERM', end);
}
