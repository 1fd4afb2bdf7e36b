import { builtinModules } from 'node:module';
import { defineConfig, type UserConfig } from 'vite';
import { contentSecurityPolicy } from './src/demo/content-security-policy.js';
import { docsSite } from './src/demo/docs-site.js';
import manifest from './package.json' with { type: 'json' };

const external = [
  ...builtinModules.flatMap((name) => [name, `node:${name}`]),
  ...[...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies)].flatMap(
    (name) => [name, new RegExp(`^${name}/`)],
  ),
];

/** `second-look.js`, the worker, and what they load: what a page gets. */
const browser: UserConfig = {
  publicDir: false,
  // URLs relative to the script, wherever a site puts it.
  base: './',
  // ONNX Runtime's own loader and WebAssembly come from the index folder, so they stay out of the worker.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'production'] },
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        entryFileNames: 'worker.[hash].js',
        chunkFileNames: '[name].[hash].js',
        // Notes for another bundler, which nobody runs on a worker.
        comments: { annotation: false },
      },
    },
  },
  build: {
    outDir: 'dist/browser',
    target: 'es2022',
    minify: 'oxc',
    rolldownOptions: {
      input: { 'second-look': 'src/element/index.ts', search: 'src/index.ts' },
      preserveEntrySignatures: 'strict',
      output: {
        entryFileNames: '[name].js',
        // What both entries share is the client; by default it would be named after its folder, src.
        chunkFileNames: ({ name }) => `${name === 'src' ? 'client' : name}.[hash].js`,
        assetFileNames: '[name].[hash][extname]',
      },
    },
  },
};

/** The page that `second-look label` serves. */
const label: UserConfig = {
  root: 'src/label/page',
  publicDir: false,
  base: './',
  build: { outDir: '../../../dist/label', emptyOutDir: true, target: 'es2022' },
};

/** The command line and the indexer. */
const node: UserConfig = {
  publicDir: false,
  build: {
    outDir: 'dist/node',
    ssr: true,
    target: 'node20',
    rolldownOptions: {
      external,
      input: { cli: 'src/cli/index.ts' },
      output: { entryFileNames: '[name].js' },
    },
  },
};

/** The demo: npm's documentation as a docs site, with the search that `second-look index` puts into it. */
const demo: UserConfig = {
  plugins: [docsSite({ source: 'node_modules/npm/docs/output', searchIndex: 'dist/demo/second-look' })],
  build: { outDir: 'dist/demo', target: 'es2022' },
  preview: { port: 4173, headers: { 'Content-Security-Policy': contentSecurityPolicy } },
};

const builds: Partial<Record<string, UserConfig>> = { browser, label, node, demo };

/** `vite build --mode browser | label | node | demo`; the dev server and preview show the demo. */
export default defineConfig(({ mode }) => builds[mode] ?? demo);
