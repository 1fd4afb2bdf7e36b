import { cp, mkdir, mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import type { Bench, BenchResult, Row, Table } from './bench.js';
import { bundle } from './browser/bundle.js';
import { launch } from './browser/launch.js';
import { serve } from './browser/serve.js';
import { type Corpus, mdnCorpus, npmCorpus } from './first-stage/corpora.js';
import { embeddings, PASSAGES, QUERIES } from './first-stage/embeddings.js';
import { KEYWORD_SYSTEMS } from './first-stage/keyword-systems.js';
import { scaleTables } from './first-stage/scale.js';
import type { VectorSystem } from './first-stage/vector-systems.js';
import { installedVersion } from './installed-version.js';

const MDN_SECTIONS = 20_000;
/** Embedded, of so many sections of MDN; the table beside peers has the first of them. */
const EMBEDDED = 100_000;
const EMBEDDED_SECTIONS = 70_000;
/** Recall of ten results each of a hundred queries would be known to half a percent only. */
const EMBEDDED_QUERIES = 500;
const VECTORS = 10_000;
const DIMENSIONS = 384;

/** The retrievers by themselves, in a browser: keyword indexes and vector indexes beside their peers. */
export const firstStage: Bench = async ({ progress }) => {
  const folder = await mkdtemp(join(tmpdir(), 'second-look-first-stage-'));
  await bundle(folder, { 'in-page': new URL('first-stage/in-page.ts', import.meta.url) });
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><title>First stage</title><script type="module" src="/in-page.js"></script>',
  );
  const npm = await npmCorpus();
  const mdn = await mdnCorpus(MDN_SECTIONS);
  const corpora = 'absent' in mdn ? [npm] : [npm, mdn];
  const browser = await launch();
  const tables: Table[] = [];
  for (const corpus of corpora) tables.push(await keywordTable(browser, folder, corpus, progress));
  const systems = await inFreshPage(browser, folder, (page) =>
    page.evaluate(() => retrievers.vectorSystems()),
  );
  const embedded = await mdnCorpus(EMBEDDED_SECTIONS, EMBEDDED_QUERIES);
  const corpus = 'absent' in embedded ? npm : embedded;
  const vectors = join(folder, 'vectors');
  await mkdir(vectors);
  await embeddings(corpus, EMBEDDED, vectors, progress);
  tables.push(await vectorTable(browser, folder, corpus, vectors, systems, progress));
  const versions = { chromium: browser.version(), ...versionsOf([...KEYWORD_SYSTEMS, ...systems]) };
  await browser.close();
  if (!('absent' in embedded)) tables.push(...(await scaleTables(vectors, progress)));
  await rm(folder, { recursive: true });
  return { line: lineOf(tables), tables, skipped: 'absent' in mdn ? [mdn.absent] : [], versions };
};

async function keywordTable(
  browser: Browser,
  folder: string,
  { name, sections, queries }: Corpus,
  progress: (message: string) => void,
): Promise<Table> {
  const rows: Row[] = [];
  for (const { name: system, ours, note, serialise, beside } of KEYWORD_SYSTEMS) {
    progress(`Keywords of ${name}: ${system}`);
    const file = await serialise(sections);
    await writeFile(join(folder, 'keywords'), file);
    const figures = await inFreshPage(browser, folder, (page) =>
      page.evaluate(([one, asked]) => retrievers.measureKeywords(one, '/keywords', asked), [
        system,
        queries,
      ] as const),
    );
    const kilobytes = [file, beside?.(sections) ?? ''].reduce(
      (sum, part) => sum + gzipSync(part).length / 1000,
      0,
    );
    rows.push({ system, ours, note, figures: { kilobytes, ...figures } });
  }
  return {
    title: `Keywords: ${name}`,
    about:
      `${sections.length} sections, ${queries.length} queries three times each, 10 results, in a page of Chromium. ` +
      'Opening counts from the file in memory. Quality is another benchmark.',
    columns: [
      { key: 'kilobytes', label: 'index, kB gzip', better: 'lower' },
      { key: 'load', label: 'opening, ms', better: 'lower', digits: 1 },
      { key: 'p50', label: 'query median, ms', better: 'lower', digits: 2 },
      { key: 'p95', label: 'p95, ms', better: 'lower', digits: 2 },
    ],
    rows,
  };
}

async function vectorTable(
  browser: Browser,
  folder: string,
  corpus: Corpus,
  embedded: string,
  systems: readonly Omit<VectorSystem, 'build'>[],
  progress: (message: string) => void,
): Promise<Table> {
  await cp(embedded, folder, { recursive: true });
  const all = (await stat(join(folder, PASSAGES))).size / 4 / DIMENSIONS;
  const count = Math.min(all, VECTORS);
  await truncate(join(folder, PASSAGES), count * DIMENSIONS * 4);
  const rows: Row[] = [];
  for (const { name: system, ours, note } of systems) {
    progress(`Vectors of ${corpus.name}: ${system}`);
    const { bytes, ...figures } = await inFreshPage(browser, folder, (page) =>
      page.evaluate(([one, urls, dimensions]) => retrievers.measureVectors(one, urls, dimensions), [
        system,
        { passages: `/${PASSAGES}`, queries: `/${QUERIES}` },
        DIMENSIONS,
      ] as const),
    );
    rows.push({ system, ours, note, figures: { megabytes: bytes! / 1e6, ...figures } });
  }
  return {
    title: `Vectors: ${corpus.name}`,
    about:
      `${count} passages and ${corpus.queries.length} queries embedded by all-MiniLM-L6-v2 (${DIMENSIONS} dimensions), ` +
      'three times each, in a page of Chromium, one thread. Recall is of the ten nearest by exact float32. ' +
      'Opening is from memory, for hnswlib-wasm and EdgeVec from IndexedDB, which is what they offer.',
    columns: [
      { key: 'build', label: 'build, ms', better: 'lower' },
      { key: 'megabytes', label: 'index, MB', better: 'lower', digits: 1 },
      { key: 'load', label: 'opening, ms', better: 'lower', digits: 1 },
      { key: 'p50', label: 'query median, ms', better: 'lower', digits: 2 },
      { key: 'p95', label: 'p95, ms', better: 'lower', digits: 2 },
      { key: 'recall', label: 'recall@10', better: 'higher', digits: 3 },
    ],
    rows,
  };
}

type Page = Awaited<ReturnType<Browser['newPage']>>;

/** A context of its own for each system: no memory, no storage and no compiled code of another. */
async function inFreshPage<Result>(
  browser: Browser,
  folder: string,
  use: (page: Page) => Promise<Result>,
): Promise<Result> {
  const server = await serve(folder, { isolated: true });
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`${server.url}/index.html`);
    await page.waitForFunction(() => 'retrievers' in globalThis);
    return await use(page);
  } finally {
    await context.close();
    await server.close();
  }
}

function versionsOf(systems: readonly { package?: string }[]): BenchResult['versions'] {
  const packages = systems.flatMap((system) => system.package ?? []);
  return Object.fromEntries(packages.map((name) => [name, installedVersion(name)]));
}

/** Ours against the best of the others, wherever that is. */
function lineOf(tables: readonly Table[]): string {
  return tables
    .filter(({ rows }) => rows.some((row) => !row.ours && row.figures.p50 !== undefined))
    .map(({ title, rows }) => {
      const ours = rows.find((row) => row.ours)!;
      const [fastest] = rows
        .filter((row) => !row.ours)
        .sort((left, right) => left.figures.p50! - right.figures.p50!);
      return (
        `${title}: second-look ${ours.figures.p50!.toFixed(2)} ms, ` +
        `the fastest other (${fastest!.system}) ${fastest!.figures.p50!.toFixed(2)} ms`
      );
    })
    .join('; ');
}
