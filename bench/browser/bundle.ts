import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const CONDITIONS = ['module', 'browser', 'production'];

/**
 * Bundles TypeScript for the browser, minified, each entry as `<name>.js` with the chunks and assets that it needs.
 * @param entries URLs of the entries by name
 */
export async function bundle(outDir: string, entries: Record<string, URL>): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    base: './',
    resolve: { conditions: CONDITIONS },
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      minify: 'oxc',
      // Benchmarks bring megabytes knowingly.
      chunkSizeWarningLimit: 1e6,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, url]) => [name, fileURLToPath(url)])),
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunk.[name].[hash].js' },
      },
    },
  });
}

/** Bundles one entry into a script that can be put into a page before the page's own. */
export async function bundleScript(entry: URL): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'second-look-bench-'));
  try {
    await bundle(folder, { entry });
    return await readFile(join(folder, 'entry.js'), 'utf8');
  } finally {
    await rm(folder, { recursive: true });
  }
}
