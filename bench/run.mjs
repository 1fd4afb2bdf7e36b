import { loadTypeScript } from '../scripts/load-typescript.mjs';

const { run } = await loadTypeScript('/bench/command-line.ts');
await run(process.argv);
