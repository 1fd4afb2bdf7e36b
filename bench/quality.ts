import type { Browser } from '@playwright/test';
import type { Bench, Table } from './bench.js';
import { launch } from './browser/launch.js';
import { installedVersion } from './installed-version.js';
import { bm25 } from './peers/bm25.js';
import { RANKERS } from './peers/peers.js';
import { type Collection, scifactDev, tldrNpm } from './quality/collection.js';
import { againstBest, COLUMNS, describeDifference, judge, rowOf } from './quality/compare.js';
import { type Rankings, rankWithPagefind, rankWithPeer, rankWithSecondLook } from './quality/rankings.js';
import { withTemporaryFolder } from '../src/evaluate/temporary-folder.js';

/** How well each system answers labelled queries. */
export const quality: Bench = async ({ progress, queries }) => {
  const tables: Table[] = [];
  const lines: string[] = [];
  const skipped: string[] = [];
  const browser = await launch();
  for (const open of [tldrNpm, scifactDev]) {
    const collection = await open();
    if ('absent' in collection) {
      skipped.push(collection.absent);
      continue;
    }
    const table = await compare(collection, queries, browser, progress);
    tables.push(table.table);
    lines.push(`${collection.name} nDCG@10: ${table.line}`);
  }
  const versions = Object.fromEntries(
    ['pagefind', ...RANKERS.map((peer) => peer.package)].map((name) => [name, installedVersion(name)]),
  );
  versions.chromium = browser.version();
  await browser.close();
  return { line: lines.join('; '), tables, skipped, versions };
};

async function compare(
  whole: Collection,
  most: number | undefined,
  browser: Browser,
  progress: (message: string) => void,
): Promise<{ table: Table; line: string }> {
  const queries = whole.queries.filter(({ id }) => whole.labels.has(id)).slice(0, most);
  const collection = { ...whole, queries };
  const { name, labels } = collection;
  const all: Rankings[] = [];
  progress(`${name}: Pagefind`);
  all.push(...(await withTemporaryFolder((folder) => rankWithPagefind(browser, folder, collection))));
  for (const peer of RANKERS) {
    progress(`${name}: ${peer.name}`);
    all.push(await rankWithPeer(peer, collection));
  }
  progress(`${name}: second-look (its index is kept for the next run)`);
  all.push(
    ...(await rankWithSecondLook(collection, (done, total) => {
      if (done % 20 === 0) progress(`${name}: second-look, ${done} of ${total} queries`);
    })),
  );

  const judged = all.map((rankings) => judge(rankings, queries, labels));
  const products = judged.filter(({ rankings }) => rankings.system !== bm25.name);
  const peer = describeDifference(againstBest(products));
  const reference = describeDifference(
    againstBest(judged.filter(({ rankings }) => rankings.ours || rankings.system === bm25.name)),
  );
  const table: Table = {
    title: `Ranking quality: ${name}`,
    about:
      `${queries.length} queries${most === undefined ? '' : ' (the first ones)'}. ${collection.about} ` +
      `nDCG@10 beside the best peer: ${peer}; beside the reference: ${reference} ` +
      '(difference and its 95 % paired bootstrap interval).',
    columns: COLUMNS,
    rows: judged.map(rowOf),
    final: judged.findLast(({ rankings }) => rankings.ours)!.rankings.system,
  };
  return { table, line: peer };
}
