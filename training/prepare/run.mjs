import { loadTypeScript } from '../../scripts/load-typescript.mjs';

const { run } = await loadTypeScript('/training/prepare/command-line.ts');
await run(process.argv.slice(2));
