// Bundles the check into FOLDER/webgpu-on-node.mjs, for a machine with a graphics processor and no node_modules:
//   node bench/webgpu-on-node/bundle.mjs FOLDER
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

await build({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node20',
    outDir: process.argv[2],
    emptyOutDir: false,
    rolldownOptions: {
      input: fileURLToPath(new URL('start.ts', import.meta.url)),
      output: { entryFileNames: 'webgpu-on-node.mjs', codeSplitting: false },
    },
  },
});
