import { join } from 'node:path';
import { build } from 'vite';

/**
 * Bundles a service worker as a site's own build does: one classic script, which every browser takes.
 * @param code an ES module; `second-look/offline` is the built one
 * @param file where the script is written
 */
export async function bundleServiceWorker(code: string, file: string): Promise<void> {
  const entry = join(import.meta.dirname, 'sw.js');
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    resolve: { alias: { 'second-look/offline': join(import.meta.dirname, '../dist/browser/offline.js') } },
    plugins: [
      {
        name: 'service-worker',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? code : undefined),
      },
    ],
    build: {
      outDir: join(file, '..'),
      emptyOutDir: false,
      rolldownOptions: {
        input: entry,
        output: { format: 'iife', entryFileNames: file.split(/[\\/]/).at(-1)! },
      },
    },
  });
}
