// Runs the benchmarks' TypeScript through Vite, so that they read src/ as it is.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('command-line.ts', import.meta.url)), {
  configFile: false,
  logLevel: 'error',
});
await module.run(process.argv);
