import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { cac } from 'cac';
import pc from 'picocolors';
import { messageOf } from '../src/engine/errors.js';
import { machine } from '../src/evaluate/machine.js';
import type { Bench, BenchRecord } from './bench.js';

/** Each benchmark by name, loaded when it is asked for. */
const BENCHES: Record<string, () => Promise<Bench>> = {
  page: async () => (await import('./page.js')).page,
  box: async () => (await import('./box.js')).box,
  reading: async () => (await import('./reading.js')).reading,
  rerank: async () => (await import('./rerank.js')).rerank,
  memory: async () => (await import('./memory.js')).memory,
  'first-stage': async () => (await import('./first-stage.js')).firstStage,
  quality: async () => (await import('./quality.js')).quality,
  size: async () => (await import('./size.js')).size,
  'index-again': async () => (await import('./index-again.js')).indexAgain,
  'index-build': async () => (await import('./index-build.js')).indexBuild,
};

/** What is run beside benchmarks, by name; each returns what to print. */
const COMMANDS: Record<string, (options: { record?: boolean }) => Promise<string>> = {
  gate: async ({ record }) => {
    const { qualityGate, recordFloor } = await import('./quality-gate.js');
    return record ? recordFloor() : qualityGate();
  },
  table: async () => (await import('./table.js')).writeBenchmarks(),
};

/** `npm run bench -- NAME [--json FILE]` */
export async function run(argv: string[]): Promise<void> {
  const cli = cac('npm run bench --');
  cli.usage(
    `NAME [--json FILE]\n\nNAME is one of ${Object.keys(BENCHES).join(', ')}; table makes docs/benchmarks.md of the ` +
      'records in bench/results, gate holds the quality to its floor.',
  );
  cli.option('--json <file>', 'Write the figures to a file');
  cli.option(
    '--queries <n>',
    'With quality and reading: only n queries of each collection, for a quick look',
  );
  cli.option('--record', 'With gate: record the floor anew');
  cli.help();
  const { args, options } = cli.parse(argv);
  if (options.help) return;
  try {
    const name = args[0] ?? '';
    const command = COMMANDS[name];
    if (command) {
      process.stdout.write(`${await command(options)}\n`);
      process.exit();
    }
    const load = BENCHES[name];
    if (!load || args.length > 1)
      throw new Error(
        `There is no benchmark ${JSON.stringify(args.join(' '))}; expected one of ${Object.keys(BENCHES).join(', ')}.`,
      );
    const record = await measured(name, await load(), options.queries);
    process.stdout.write(`${pc.bold(name)}: ${record.line}\n`);
    if (options.json) {
      const file = String(options.json);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, `${JSON.stringify(record, null, 1)}\n`);
    }
  } catch (error) {
    process.stderr.write(`${pc.red('bench:')} ${messageOf(error)}\n`);
    process.exitCode = 1;
  }
  // Peers leave workers and timers behind.
  process.exit();
}

async function measured(name: string, bench: Bench, queries?: unknown): Promise<BenchRecord> {
  const result = await bench({
    progress: (message) => process.stderr.write(`${pc.dim(message)}\n`),
    queries: typeof queries === 'number' ? queries : undefined,
  });
  for (const reason of result.skipped) process.stderr.write(`${pc.yellow('Skipped:')} ${reason}\n`);
  return { bench: name, date: new Date().toISOString(), machine: machine(), ...result };
}
