// Runs the benchmarks' TypeScript through Vite, so that they read src/ as it is.
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

// Not runnerImport: it closes its runner once the module is there, and later import() calls fail.
const server = await createServer({
  root: fileURLToPath(new URL('..', import.meta.url)),
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, watch: null, hmr: false, ws: false },
});
const { run } = await server.ssrLoadModule('/bench/command-line.ts');
await run(process.argv);
