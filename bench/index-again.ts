import { join } from 'node:path';
import { percentile } from '../src/evaluate/measures.js';
import { withTemporaryFolder } from '../src/evaluate/temporary-folder.js';
import { PACKAGE_ROOT } from '../src/indexer/package-root.js';
import type { Bench, Column, Row } from './bench.js';
import { indexArguments } from './index-build/builders.js';
import { runProcess } from './index-build/run-process.js';
import { installedVersion } from './installed-version.js';

const RUNS = 3;
const SITE = join(PACKAGE_ROOT, 'node_modules', 'npm', 'docs', 'output');
const WITHOUT_NATIVE = ['--import', join(PACKAGE_ROOT, 'bench', 'index-build', 'without-native.mjs')];

const COLUMNS: Column[] = [
  { key: 'seconds', label: 'median, s', better: 'lower', digits: 1 },
  { key: 'least', label: 'least, s', better: 'lower', digits: 1 },
  { key: 'most', label: 'most, s', better: 'lower', digits: 1 },
  { key: 'memory', label: 'peak memory, MB', better: 'lower' },
];

interface Way {
  system: string;
  note: string;
  node: readonly string[];
  /** Whether another run has embedded all passages already. */
  warm: boolean;
}

const NATIVE = "ONNX Runtime's native build, by transformers.js";
const WASM = 'our WebAssembly kernels in a thread for each core, as where transformers.js is not installed';
const WAYS: Way[] = [
  { system: 'cold, native', note: NATIVE, node: [], warm: false },
  { system: 'cold, no native runtime', note: WASM, node: WITHOUT_NATIVE, warm: false },
  { system: 'warm, native', note: 'every vector is in the cache', node: [], warm: true },
  {
    system: 'warm, no native runtime',
    note: 'every vector is in the cache',
    node: WITHOUT_NATIVE,
    warm: true,
  },
];

/** What a first and a later run of `second-look index` take. */
export const indexAgain: Bench = async ({ progress }) =>
  withTemporaryFolder(async (folder) => {
    const rows: Row[] = [];
    for (const [at, way] of WAYS.entries()) {
      progress(`npm docs: ${way.system}`);
      rows.push(await measure(way, join(folder, String(at))));
    }
    const figures = rows.map(({ system, figures }) => `${system} ${figures.seconds!.toFixed(1)} s`);
    return {
      line: `Indexing npm docs: ${figures.join(', ')}`,
      tables: [
        {
          title: 'Indexing again: npm docs',
          about:
            `second-look index with both models, in a process of its own from its start to its end; ${RUNS} runs of each. ` +
            'Cold: no vectors of an earlier run; warm: all of them. The models are on disk.',
          columns: COLUMNS,
          rows,
        },
      ],
      skipped: [],
      versions: { '@huggingface/transformers': installedVersion('@huggingface/transformers') },
    };
  });

async function measure({ system, note, node, warm }: Way, folder: string): Promise<Row> {
  const index = (cache: string): ReturnType<typeof runProcess> =>
    runProcess(process.execPath, [
      ...node,
      ...indexArguments(SITE, join(folder, 'index')),
      ...['--cache', cache],
    ]);
  const cache = warm ? join(folder, 'cache') : 'none';
  if (warm) await index(cache);
  const runs = [];
  for (let run = 0; run < RUNS; run++) runs.push(await index(cache));
  const seconds = runs.map((run) => run.seconds);
  const memory = runs.flatMap(({ peakMemory }) => (peakMemory === undefined ? [] : [peakMemory / 1e6]));
  return {
    ...{ system, ours: true, note },
    figures: {
      seconds: percentile(seconds, 0.5),
      least: Math.min(...seconds),
      most: Math.max(...seconds),
      ...(memory.length > 0 && { memory: percentile(memory, 0.5) }),
    },
  };
}
