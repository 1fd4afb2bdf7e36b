import { run } from './command-line.js';

await run(process.argv.slice(2));
