import { loadTypeScript } from '../../scripts/load-typescript.mjs';

const { run } = await loadTypeScript('/bench/webgpu-on-node/command-line.ts');
await run(process.argv.slice(2));
