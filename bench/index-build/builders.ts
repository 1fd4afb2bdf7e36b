import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { PACKAGE_ROOT } from '../../src/indexer/package-root.js';
import { pagefindArguments, pagefindBinary, type PagefindSite } from '../peers/pagefind.js';
import { PEERS } from '../peers/peers.js';

/** A program that indexes a site. */
export interface Builder {
  system: string;
  ours: boolean;
  note: string;
  program: string;
  args: (site: PagefindSite, out: string) => string[];
}

/** @param folder for what has to be bundled first */
export async function builders(folder: string): Promise<Builder[]> {
  return [...secondLook(), await pagefind(), ...(await libraries(folder))];
}

/** Node's arguments for `second-look index`, but for the cache. */
export function indexArguments(site: string, out: string): string[] {
  const cli = join(PACKAGE_ROOT, 'dist', 'node', 'cli.js');
  if (!existsSync(cli)) throw new Error(`There is no ${cli}: run npm run build first.`);
  return [cli, 'index', site, '--out', out, '--site-url', '/', '--no-script'];
}

function secondLook(): Builder[] {
  const builder = (system: string, note: string, ...flags: string[]): Builder => ({
    system,
    ours: true,
    note,
    program: process.execPath,
    args: ({ site }, out) => [...indexArguments(site, out), '--cache', 'none', ...flags],
  });
  return [
    builder('second-look: by words', '--embedder none', '--embedder', 'none'),
    builder('second-look: all stages', 'embeds every passage, and copies models and runtime'),
  ];
}

async function pagefind(): Promise<Builder> {
  return {
    system: 'Pagefind',
    ours: false,
    note: "its program in Rust, on all cores, started without npm's script",
    program: await pagefindBinary(),
    args: pagefindArguments,
  };
}

/** Each in the first of its settings: they differ little in what building takes. */
async function libraries(folder: string): Promise<Builder[]> {
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      outDir: folder,
      emptyOutDir: false,
      ssr: true,
      target: 'node20',
      rolldownOptions: {
        input: join(PACKAGE_ROOT, 'bench', 'index-build', 'build-peer.ts'),
        output: { entryFileNames: 'build-peer.mjs' },
      },
    },
  });
  const first = PEERS.filter(({ package: of }, at) => PEERS.findIndex((peer) => peer.package === of) === at);
  return first.map(({ name, note }) => ({
    system: name,
    ours: false,
    note,
    program: process.execPath,
    args: ({ site }, out) => [join(folder, 'build-peer.mjs'), name, site, out],
  }));
}
