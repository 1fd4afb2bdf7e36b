import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/**
 * Loads a module of this repository through Vite, so that TypeScript runs with src/ as it is.
 * @param {string} path from the repository's root: `/bench/command-line.ts`
 */
export async function loadTypeScript(path) {
  // Not runnerImport: it closes its runner once the module is there, and later import() calls fail.
  const server = await createServer({
    root: fileURLToPath(new URL('..', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, watch: null, hmr: false, ws: false },
  });
  return server.ssrLoadModule(path);
}
