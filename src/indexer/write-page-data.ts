import type { Manifest } from '../engine/index-file/manifest.js';
import type { IndexedPage, IndexedPassage } from '../engine/index-file/passage-file.js';
import { writeFilterFile } from '../engine/page-data/filter-file.js';
import { writeSortFile } from '../engine/page-data/sort-file.js';
import { addShard } from './add-shard.js';
import type { IndexFolder } from './index-folder.js';
import { ranksOf } from './ranks-of.js';

/** Writes what pages may be filtered and sorted by: a file for each key, in the order of the keys. */
export async function writePageData(
  index: Pick<IndexFolder, 'addAs'>,
  passages: readonly IndexedPassage[],
): Promise<Pick<Manifest, 'filters' | 'sorts'>> {
  const pages = [...new Set(passages.map(({ page }) => page))];
  return { filters: await writeFilters(index, pages), sorts: await writeSorts(index, pages) };
}

async function writeFilters(
  index: Pick<IndexFolder, 'addAs'>,
  pages: readonly IndexedPage[],
): Promise<Manifest['filters']> {
  const files: Manifest['filters'] = [];
  for (const key of keysOf(pages.map(({ filters }) => filters))) {
    const values = new Map<string, number[]>();
    for (const [number, page] of pages.entries())
      for (const value of page.filters?.get(key) ?? []) {
        const having = values.get(value);
        if (having) having.push(number);
        else values.set(value, [number]);
      }
    files.push([key, ...(await addShard(index, 'filters', writeFilterFile(values, pages.length)))]);
  }
  return files;
}

async function writeSorts(
  index: Pick<IndexFolder, 'addAs'>,
  pages: readonly IndexedPage[],
): Promise<Manifest['sorts']> {
  const files: Manifest['sorts'] = [];
  for (const key of keysOf(pages.map(({ sorts }) => sorts))) {
    const ranks = ranksOf(pages.map(({ sorts }) => sorts?.get(key)));
    files.push([key, ...(await addShard(index, 'sorts', writeSortFile(ranks)))]);
  }
  return files;
}

function keysOf(maps: readonly (ReadonlyMap<string, unknown> | undefined)[]): string[] {
  return [...new Set(maps.flatMap((map) => [...(map?.keys() ?? [])]))].sort();
}
