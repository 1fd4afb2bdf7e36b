import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { glob } from 'tinyglobby';
import { PACKAGE_ROOT } from '../src/indexer/package-root.js';
import type { BenchRecord } from './bench.js';
import { benchmarksPage } from './table/markdown.js';

/** What a reader wants to know first comes first; what is not named here comes last. */
const ORDER = ['quality', 'reading', 'first-stage', 'rerank', 'memory', 'page', 'size', 'index-build'];

/** Writes docs/benchmarks.md from the records in bench/results. */
export async function writeBenchmarks(): Promise<string> {
  const folder = join(PACKAGE_ROOT, 'bench', 'results');
  const files = await glob('*.json', { cwd: folder, absolute: true });
  if (files.length === 0)
    throw new Error(
      `${folder} has no records: make them by "npm run bench -- NAME --json bench/results/NAME.json".`,
    );
  const records: BenchRecord[] = [];
  for (const file of files.sort()) records.push(JSON.parse(await readFile(file, 'utf8')) as BenchRecord);
  records.sort((left, right) => placeOf(left) - placeOf(right));
  const page = join(PACKAGE_ROOT, 'docs', 'benchmarks.md');
  await mkdir(dirname(page), { recursive: true });
  const options = await resolveConfig(page);
  await writeFile(page, await format(benchmarksPage(records), { ...options, filepath: page }));
  return `Wrote docs/benchmarks.md from ${records.length} records.`;
}

function placeOf({ bench }: BenchRecord): number {
  const at = ORDER.indexOf(bench);
  return at < 0 ? ORDER.length : at;
}
