import { copyFile, mkdir } from 'node:fs/promises';
import { builtinModules, createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { contentSecurityPolicy } from './src/demo/content-security-policy.js';
import { minifyTemplates } from './scripts/minify-templates.mjs';
import { galleryPages } from './src/demo/gallery/gallery-pages.js';
import { docsSite } from './src/demo/docs-site.js';
import manifest from './package.json' with { type: 'json' };

const external = [
  ...builtinModules.flatMap((name) => [name, `node:${name}`]),
  ...[...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)].flatMap((name) => [
    name,
    new RegExp(`^${name}/`),
  ]),
];

/** What the element loads at once: all of it but what is imported when it is needed. */
const FIRST_OF_BOX =
  /\/src\/element\/(?!index|messages\/|history-view|search-history|back-entry|flip|looser-query|place-below|second-look-filters)|\/node_modules\/(lit|@lit)/;

/** Vite's own way to import later looks for styles to load first: there are none, and it is half a kilobyte. */
function plainImports(): Plugin {
  return {
    name: 'plain-imports',
    enforce: 'pre',
    load: {
      filter: { id: /vite\/preload-helper/ },
      handler: () => 'export const __vitePreload = (load) => load();',
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle))
          if (file.type === 'chunk')
            file.code = file.code
              .replace(/\b[\w$]+\(\(\)=>(import\(`[^`]+`\)),\[\],import\.meta\.url\)/g, '$1')
              .replace(
                /\b[\w$]+\(async\(\)=>\{let\{[^}]*\}=await (import\(`[^`]+`\));return\{[^}]*\}\},\[\],import\.meta\.url\)/g,
                '$1',
              )
              // As bundlers know it, who take the worker along only then.
              .replace(
                /new URL\((new URL\(`[^`]+`,import\.meta\.url\))\.href,``\+import\.meta\.url\)/g,
                '$1',
              );
      },
    },
  };
}

/** ONNX Runtime's WebAssembly and its loader, which an index brings whose models need them. */
function copyRuntime(): Plugin {
  return {
    name: 'copy-runtime',
    async writeBundle() {
      const from = dirname(
        createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'),
      );
      await mkdir('dist/runtime', { recursive: true });
      for (const file of ['ort-wasm-simd-threaded.wasm', 'ort-wasm-simd-threaded.mjs'])
        await copyFile(join(from, file), join('dist/runtime', file));
    },
  };
}

/** `second-look.js`, the worker, and what they load: what a page gets. */
const browser: UserConfig = {
  plugins: [minifyTemplates(), plainImports()],
  publicDir: false,
  // URLs relative to the script, wherever a site puts it.
  base: './',
  // ONNX Runtime's own loader and WebAssembly come from the index folder, so they stay out of the worker.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'production'] },
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        entryFileNames: '[name].[hash].js',
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
    modulePreload: false,
    rolldownOptions: {
      input: { 'second-look': 'src/element/index.ts', search: 'src/index.ts' },
      preserveEntrySignatures: 'strict',
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name].[hash].js',
        // The entries have names that never change, so they hold next to nothing: what they load has its hash in its name,
        // and no cache mixes two versions of it. Both entries share the client.
        codeSplitting: {
          groups: [
            {
              name: 'client',
              test: /\/src\/(client\/(?!ask-context|connect-otherwise|latest-of|merged-search)|protocol|engine\/errors|engine\/index-file\/manifest-name)|\/comlink\//,
              priority: 2,
            },
            { name: 'box', test: FIRST_OF_BOX, priority: 1 },
          ],
        },
        assetFileNames: '[name].[hash][extname]',
      },
    },
  },
};

/** What works offline, beside the script: one file, as a service worker wants it. */
const offline: UserConfig = {
  publicDir: false,
  base: './',
  build: {
    outDir: 'dist/browser',
    emptyOutDir: false,
    target: 'es2022',
    minify: 'oxc',
    rolldownOptions: {
      input: { offline: 'src/offline/index.ts' },
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: '[name].js', codeSplitting: false },
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

/** A server starts no worker of a page's, so that none is built for it. */
function withoutWorker(): Plugin {
  return {
    name: 'without-worker',
    enforce: 'pre',
    load: { filter: { id: /\?worker&url$/ }, handler: () => "export default '';" },
  };
}

/** What runs in Node: the command line, the indexer, and the elements as far as a server needs them. */
const node: UserConfig = {
  plugins: [withoutWorker(), copyRuntime()],
  publicDir: false,
  // In whole these two are 145 MB, and one has an install script: what is used of them goes into the build.
  ssr: {
    noExternal: ['onnxruntime-web', 'protobufjs', /^@protobufjs\//],
    resolve: { conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'node', 'production'] },
  },
  build: {
    outDir: 'dist/node',
    ssr: true,
    target: 'node20',
    rolldownOptions: {
      external,
      // Servers that render pages import the elements too, and have no page for them.
      input: {
        cli: 'src/cli/index.ts',
        config: 'src/cli/config/define-config.ts',
        element: 'src/element/index.ts',
        node: 'src/node/index.ts',
        vite: 'src/vite/index.ts',
        'index-pages.thread': 'src/vite/index-pages.thread.ts',
        'encoder-thread': 'src/indexer/encoder-thread.ts',
      },
      output: { entryFileNames: '[name].js' },
    },
  },
};

/** The demo: npm's documentation as a docs site, with the search that `second-look index` puts into it. */
const demo: UserConfig = {
  plugins: [
    docsSite({ source: 'node_modules/npm/docs/output', searchIndex: 'dist/demo/second-look' }),
    galleryPages(),
  ],
  build: { outDir: 'dist/demo', target: 'es2022' },
  preview: { port: 4173, headers: { 'Content-Security-Policy': contentSecurityPolicy } },
};

const builds: Partial<Record<string, UserConfig>> = { browser, offline, label, node, demo };

/** `vite build --mode browser | offline | label | node | demo`; the dev server and preview show the demo. */
export default defineConfig(({ mode }) => builds[mode] ?? demo);
