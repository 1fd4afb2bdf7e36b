// Compiles the AssemblyScript kernels to WebAssembly, with SIMD and without, and writes them as a module of base64:
// a few kilobytes that need no request of their own and work under any bundler.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = 'src/engine/vector/kernels';
const entry = `${sources}/flat.ts`;
const target = `${root}src/engine/vector/kernel-bytes.ts`;

const changed = async (file) => (await stat(file).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
const newest = Math.max(
  await changed(fileURLToPath(import.meta.url)),
  ...(await Promise.all((await readdir(root + sources)).map((file) => changed(`${root}${sources}/${file}`)))),
);
if ((await changed(target)) < newest) {
  const { default: asc } = await import('assemblyscript/asc');
  const compile = async (...features) => {
    let binary;
    const { error, stderr } = await asc.main(
      [entry, '-o', 'kernels.wasm', '--runtime', 'stub', '-O3', '--noAssert', '--importMemory', ...features],
      {
        readFile: (name, base) =>
          readFile(new URL(name, `file://${root}${base === '.' ? '' : base}/`), 'utf8').catch(() => null),
        writeFile: (name, contents) => {
          if (name.endsWith('.wasm')) binary = contents;
        },
        listFiles: () => [],
      },
    );
    if (error) throw new Error(`The kernels do not compile: ${error.message}\n${stderr}`);
    return Buffer.from(binary).toString('base64');
  };
  await writeFile(
    target,
    `// Made of kernels/ by scripts/kernels.mjs.\nexport const SIMD =\n  '${await compile('--enable', 'simd')}';\n` +
      `export const SCALAR =\n  '${await compile()}';\n`,
  );
}
