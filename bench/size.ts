import { join } from 'node:path';
import { readQueries } from '../src/evaluate/beir.js';
import { indexSite } from '../src/indexer/index-site.js';
import { PACKAGE_ROOT } from '../src/indexer/package-root.js';
import type { Bench, Row, Table } from './bench.js';
import { launch } from './browser/launch.js';
import { installedVersion } from './installed-version.js';
import { indexWithPagefind } from './peers/pagefind.js';
import { PEERS } from './peers/peers.js';
import { sectionsOfSite } from './peers/sections.js';
import { codeRows } from './size/code.js';
import { libraryIndex, pagefindIndex, secondLookIndex } from './size/index-size.js';
import { partRows } from './size/parts.js';
import { sizeColumns } from './size/row.js';
import { withTemporaryFolder } from '../src/evaluate/temporary-folder.js';

/** First visits whose median is taken. */
const VISITS = 20;
const SITE = join(PACKAGE_ROOT, 'node_modules', 'npm', 'docs', 'output');

/** What a page loads for each system, and what the index of the same pages takes. */
export const size: Bench = async ({ progress }) =>
  withTemporaryFolder(async (folder) => {
    progress('Indexing npm’s docs with Pagefind');
    await indexWithPagefind({ site: SITE, content: '#content', leaveOut: '#table_of_contents' }, folder);
    progress('Indexing them with second-look');
    const index = join(folder, 'second-look');
    await indexSite(SITE, { out: index, siteUrl: '/', script: false });
    progress('Compressing');
    const tables = [
      codeTable(await codeRows(index, join(folder, 'pagefind'))),
      await indexTable(index, folder),
      partsTable(await partRows(index)),
    ];
    const packages = ['pagefind', ...PEERS.map((peer) => peer.package), 'onnxruntime-web'];
    return {
      line: `kB with gzip: code ${firstGzip(tables[0]!)}; index before the first result ${firstGzip(tables[1]!)}`,
      tables,
      skipped: [],
      versions: Object.fromEntries(packages.map((name) => [name, installedVersion(name)])),
    };
  });

function codeTable(rows: Row[]): Table {
  return {
    title: 'Size: code that a page loads',
    about:
      'Script, style and WebAssembly; gzip -9 and brotli -11, file by file. ' +
      'Libraries without a box need one besides.',
    columns: sizeColumns({ '': '' }),
    rows,
    final: 'second-look: all stages',
  };
}

async function indexTable(index: string, folder: string): Promise<Table> {
  const all = await readQueries(join(PACKAGE_ROOT, 'bench', 'tldr-npm', 'queries.jsonl'));
  const step = Math.floor(all.length / VISITS);
  const queries = all.flatMap(({ text }, at) => (at % step === 0 ? [text] : [])).slice(0, VISITS);
  const sections = await sectionsOfSite(SITE);
  const browser = await launch();
  const rows = [...(await secondLookIndex(index, queries)), await pagefindIndex(browser, folder, queries)];
  await browser.close();
  for (const peer of PEERS) rows.push(await libraryIndex(peer, sections));
  return {
    title: "Size: index of npm's documentation",
    about:
      `"First": what is loaded of the index until five results of a query can be shown, by words, on a first visit ` +
      `(median of ${queries.length} tldr-npm queries); "all": everything. second-look and Pagefind show excerpts ` +
      'of the text, the others keep titles alone. Not every host compresses every file: see raw.',
    columns: sizeColumns({ first: 'first', all: 'all' }),
    rows,
    final: 'second-look: all stages',
  };
}

function partsTable(rows: Row[]): Table {
  return {
    title: "Size: second-look's parts",
    about:
      "Of the index of npm's documentation; models and runtime load once the box is opened, and are kept.",
    columns: sizeColumns({ '': '' }),
    rows,
  };
}

/** `second-look: by words 58, Pagefind 85, …` of the column that is with gzip. */
function firstGzip({ columns, rows }: Table): string {
  const key = columns.find((column) => column.key.endsWith('gzip'))!.key;
  return rows.map(({ system, figures }) => `${system} ${figures[key]!.toFixed()}`).join(', ');
}
