// Runs this check's TypeScript through Vite, so that it opens the reranker with src/ as it is.
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const server = await createServer({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, watch: null, hmr: false, ws: false },
});
const { run } = await server.ssrLoadModule('/bench/webgpu-on-node/command-line.ts');
await run(process.argv.slice(2));
