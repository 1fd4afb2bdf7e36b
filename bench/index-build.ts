import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { percentile } from '../src/evaluate/measures.js';
import { PACKAGE_ROOT } from '../src/indexer/package-root.js';
import type { Bench, Column, Row, Table } from './bench.js';
import { type Builder, builders } from './index-build/builders.js';
import { type Run, runProcess } from './index-build/run-process.js';
import { installedVersion } from './installed-version.js';
import type { PagefindSite } from './peers/pagefind.js';
import { PEERS } from './peers/peers.js';
import { withTemporaryFolder } from '../src/evaluate/temporary-folder.js';

/** The median is taken; one that takes long enough varies little, and is run once. */
const RUNS = 3;
const LONG_SECONDS = 20;

const COLUMNS: Column[] = [
  { key: 'seconds', label: 'time, s', better: 'lower', digits: 2 },
  { key: 'memory', label: 'peak memory, MB', better: 'lower' },
];

interface Site extends PagefindSite {
  name: string;
}

const SITES: Site[] = [
  {
    name: 'npm docs',
    site: join(PACKAGE_ROOT, 'node_modules', 'npm', 'docs', 'output'),
    content: '#content',
    leaveOut: '#table_of_contents',
  },
  { name: 'Python docs', site: '/usr/share/doc/python3.11/html', content: 'div[role="main"]' },
];

/** Time and memory that indexing a built site takes. */
export const indexBuild: Bench = async ({ progress }) =>
  withTemporaryFolder(async (folder) => {
    const tables: Table[] = [];
    const skipped: string[] = [];
    const all = await builders(folder);
    for (const site of SITES)
      if (existsSync(join(site.site, 'index.html')) || site === SITES[0])
        tables.push(await measureSite(site, all, folder, progress));
      else skipped.push(`${site.name}: there is no ${site.site} (Debian: apt-get install python3.11-doc).`);
    const packages = ['pagefind', ...PEERS.map((peer) => peer.package)];
    return {
      line: tables.map(lineOf).join('; '),
      tables,
      skipped,
      versions: Object.fromEntries(packages.map((name) => [name, installedVersion(name)])),
    };
  });

async function measureSite(
  site: Site,
  all: readonly Builder[],
  folder: string,
  progress: (message: string) => void,
): Promise<Table> {
  const rows: Row[] = [];
  for (const builder of all) {
    progress(`${site.name}: ${builder.system}`);
    rows.push(rowOf(builder, await measure(builder, site, folder)));
  }
  const pages = (await glob('**/*.html', { cwd: site.site })).length;
  return {
    title: `Indexing: ${site.name}`,
    about:
      `${pages} HTML pages, each system in a process of its own, from its start to its end with reading the pages; ` +
      `median of ${RUNS} runs, one where a run takes longer than ${LONG_SECONDS} s. ` +
      'Libraries get the sections that second-look reads, and its reading time. Memory is the largest resident set.',
    columns: COLUMNS,
    rows,
    final: 'second-look: all stages',
  };
}

async function measure(builder: Builder, site: Site, folder: string): Promise<Run[]> {
  const runs: Run[] = [];
  while (runs.length < RUNS && (runs[0]?.seconds ?? 0) < LONG_SECONDS) {
    const out = join(folder, `out-${site.name}-${builder.system}-${runs.length}`.replaceAll(' ', '-'));
    runs.push(await runProcess(builder.program, builder.args(site, out)));
  }
  return runs;
}

function rowOf({ system, ours, note }: Builder, runs: readonly Run[]): Row {
  const median = (values: readonly number[]): number => percentile(values, 0.5);
  const memory = runs.flatMap(({ peakMemory }) => (peakMemory === undefined ? [] : [peakMemory / 1e6]));
  return {
    system,
    ours,
    note,
    figures: {
      seconds: median(runs.map(({ seconds }) => seconds)),
      ...(memory.length > 0 && { memory: median(memory) }),
    },
  };
}

function lineOf({ title, rows }: Table): string {
  const figures = rows.map(({ system, figures }) => `${system} ${figures.seconds!.toFixed(2)} s`);
  return `${title}: ${figures.join(', ')}`;
}
