import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, Table } from './bench.js';
import { bundleScript } from './browser/bundle.js';
import { launch } from './browser/launch.js';
import { serve, type StaticServer } from './browser/serve.js';
import { installedVersion } from './installed-version.js';
import {
  figuresOf,
  largestDifference,
  type RerankSystem,
  runSession,
  type Session,
} from './rerank/measure.js';
import { type Reading, readPassages } from './rerank/passages.js';
import { MODELS, prepareScorers, type RerankModel } from './rerank/prepare.js';
import { SHOWN } from './rerank/scorer.js';

const SYSTEMS: readonly RerankSystem[] = [
  {
    name: 'second-look',
    ours: true,
    worker: '/second-look.worker.js',
    batch: 1,
    device: 'wasm',
    note: 'Its own worker code and kernels, one passage at a time at its true length.',
  },
  {
    name: 'second-look, two workers',
    ours: true,
    worker: '/second-look.worker.js',
    batch: SHOWN,
    device: 'wasm',
    lanes: 2,
    note: 'The same, the passages shared between two workers, each with the weights: what it does from four cores on.',
  },
  ...[20, SHOWN, 1].map((batch): RerankSystem => ({
    name: `transformers.js, ${batch === 1 ? 'one by one' : `batches of ${batch}`}`,
    ours: false,
    worker: '/transformers.worker.js',
    batch,
    device: 'wasm',
    note:
      batch === 20
        ? 'As model cards on the hub have it: all pairs in one padded batch; dtype q8.'
        : 'The same, called for fewer pairs at a time.',
  })),
];

/** Where a browser has a graphics processor. */
const ON_GPU: RerankSystem = {
  ...SYSTEMS.find(({ ours }) => !ours)!,
  name: 'transformers.js, WebGPU',
  device: 'webgpu',
  note: 'All pairs in one padded batch; dtype q8.',
};

const SESSIONS = 3;

/** The second look by itself: a cross-encoder over 20 passages, in a worker, beside transformers.js. */
export const rerank: Bench = async ({ progress }) => {
  const folder = await mkdtemp(join(tmpdir(), 'second-look-rerank-'));
  progress('Bundling workers');
  await prepareScorers(folder);
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Rerank</title>');
  const script = await bundleScript(new URL('rerank/start-scorer.ts', import.meta.url));
  const reading = await readPassages();
  const server = await serve(folder);
  const { version, webGpu } = await inspectBrowser(server.url, script);
  const systems = webGpu ? [...SYSTEMS, ON_GPU] : SYSTEMS;
  const tables: Table[] = [];
  for (const model of MODELS)
    tables.push(await measureModel(model, systems, server, reading, script, progress));
  await server.close();
  await rm(folder, { recursive: true });
  return {
    line: lineOf(tables[0]!),
    tables,
    skipped: webGpu ? [] : ['WebGPU: this browser has no graphics processor to run it on.'],
    versions: {
      '@huggingface/transformers': installedVersion('@huggingface/transformers'),
      'onnxruntime-web': installedVersion('onnxruntime-web'),
      chromium: version,
    },
  };
};

async function measureModel(
  model: RerankModel,
  systems: readonly RerankSystem[],
  server: StaticServer,
  reading: Reading,
  script: string,
  progress: (message: string) => void,
): Promise<Table> {
  const sessions = systems.map((): Session[] => []);
  for (let turn = 0; turn < SESSIONS; turn++)
    for (const [at, system] of systems.entries()) {
      progress(`${model.name}, browser ${turn + 1} of ${SESSIONS}: ${system.name}`);
      sessions[at]!.push(await runSession(server, system, model, reading, script));
    }
  return {
    title: `Reranking: ${model.name}`,
    about:
      `${reading.queries.length} queries × ${reading.passages.length} passages of npm's docs (the median pair has ` +
      `${reading.tokens} tokens), int8 weights, WebAssembly, one thread to a worker, in a fresh Chromium; medians over ` +
      `queries and ${SESSIONS} browsers. Ready counts from nothing, files from this machine; memory is the renderer ` +
      "process's peak resident set.",
    columns: [
      { key: 'first', label: `first ${SHOWN} scores, ms`, better: 'lower' },
      { key: 'all', label: 'all 20, ms', better: 'lower' },
      { key: 'open', label: 'ready, ms', better: 'lower' },
      { key: 'kilobytes', label: 'code, kB', better: 'lower' },
      { key: 'memory', label: 'memory, MiB', better: 'lower' },
      { key: 'difference', label: 'scores differ by', better: 'lower', digits: 3 },
    ],
    rows: systems.map(({ name, ours, note }, at) => ({
      system: name,
      ours,
      note,
      figures: {
        ...figuresOf(sessions[at]!),
        ...(!ours && { difference: largestDifference(sessions[at]![0]!, sessions[0]![0]!) }),
      },
    })),
  };
}

async function inspectBrowser(url: string, script: string): Promise<{ version: string; webGpu: boolean }> {
  const browser = await launch();
  const page = await browser.newPage();
  await page.addInitScript({ content: script });
  await page.goto(`${url}/index.html`);
  const webGpu = await page.evaluate(() => hasWebGpu());
  const version = browser.version();
  await browser.close();
  return { version, webGpu };
}

function lineOf({ rows }: Table): string {
  const [ours, twice] = rows.map(({ figures }) => figures);
  const theirs = rows.filter((row) => !row.ours).map(({ figures }) => figures);
  // Its best setting for each figure, so that ours is not held against one that nobody would choose for it.
  const ratio = (key: string): string =>
    (Math.min(...theirs.map((figures) => figures[key]!)) / ours![key]!).toFixed(1);
  return (
    `20 passages reranked in ${ours!.all!.toFixed()} ms, the first ${SHOWN} in ${ours!.first!.toFixed()} ms; two workers ` +
    `are ${(ours!.all! / twice!.all!).toFixed(2)}× as fast; transformers.js ` +
    `at its best takes ${ratio('all')}× and ${ratio('first')}× as long, and ${ratio('kilobytes')}× the code`
  );
}
