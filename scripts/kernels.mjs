// Compiles the AssemblyScript kernels to WebAssembly, with SIMD and without, and writes each as a module of base64:
// a few kilobytes that need no request of their own and work under any bundler.
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = 'src/engine/vector/kernels';
const target = `${root}src/engine/vector/kernel-bytes`;
/** The kernels that are loaded by themselves; the other sources are parts of these. */
const KERNELS = ['flat', 'binary', 'hnsw', 'build-hnsw'];

const changed = async (file) => (await stat(file).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
const newest = Math.max(
  await changed(fileURLToPath(import.meta.url)),
  ...(await Promise.all((await readdir(root + sources)).map((file) => changed(`${root}${sources}/${file}`)))),
);
for (const kernel of KERNELS) {
  const module = `${target}/${kernel}.ts`;
  if ((await changed(module)) >= newest) continue;
  await mkdir(target, { recursive: true });
  await writeFile(
    module,
    `// Made of kernels/${kernel}.ts by scripts/kernels.mjs.\n` +
      `export const SIMD =\n  '${await compile(kernel, '--enable', 'simd')}';\n` +
      `export const SCALAR =\n  '${await compile(kernel)}';\n`,
  );
}

async function compile(kernel, ...features) {
  const { default: asc } = await import('assemblyscript/asc');
  let binary;
  const { error, stderr } = await asc.main(
    [
      ...[`${sources}/${kernel}.ts`, '-o', 'kernels.wasm', '--runtime', 'stub', '-O3', '--noAssert'],
      ...['--importMemory', ...features],
    ],
    {
      readFile: (name, base) =>
        readFile(new URL(name, `file://${root}${base === '.' ? '' : base}/`), 'utf8').catch(() => null),
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm')) binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`The kernel ${kernel} does not compile: ${error.message}\n${stderr}`);
  return Buffer.from(binary).toString('base64');
}
