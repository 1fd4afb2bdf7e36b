// Compiles the AssemblyScript kernels to WebAssembly, with SIMD and without, and writes each as a module of base64:
// a few kilobytes that need no request of their own and work under any bundler.
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Kernels that are loaded by themselves, by the folder that has their sources; the other sources are parts of these. */
const KERNELS = {
  'src/engine/vector': ['flat', 'binary', 'hnsw', 'build-hnsw'],
  'src/engine/encoder': ['encoder'],
};
/** Features to compile with, by the name of what is exported; each module has those that its kernel is of use with. */
const FEATURES = { RELAXED: ['simd', 'relaxed-simd'], SIMD: ['simd'], SCALAR: [] };
/** A model would take a minute to read without SIMD what it reads in a second. */
const variantsOf = (kernel) => (kernel === 'encoder' ? ['RELAXED', 'SIMD'] : ['SIMD', 'SCALAR']);

for (const [folder, kernels] of Object.entries(KERNELS)) {
  const sources = `${folder}/kernels`;
  const target = `${root}${folder}/kernel-bytes`;
  const newest = Math.max(
    await changed(fileURLToPath(import.meta.url)),
    ...(await Promise.all(
      (await readdir(root + sources)).map((file) => changed(`${root}${sources}/${file}`)),
    )),
  );
  for (const kernel of kernels) {
    const module = `${target}/${kernel}.ts`;
    if ((await changed(module)) >= newest) continue;
    const source = `${sources}/${kernel}.ts`;
    let text = `// Made of kernels/${kernel}.ts by scripts/kernels.mjs.\n`;
    for (const variant of variantsOf(kernel)) {
      const features = FEATURES[variant].flatMap((feature) => ['--enable', feature]);
      text += `export const ${variant} =\n  '${await compile(source, ...features)}';\n`;
    }
    await mkdir(target, { recursive: true });
    await writeFile(module, text);
  }
}

async function changed(file) {
  return (await stat(file).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
}

async function compile(source, ...features) {
  const { default: asc } = await import('assemblyscript/asc');
  let binary;
  const { error, stderr } = await asc.main(
    [
      ...[source, '-o', 'kernels.wasm', '--runtime', 'stub', '-O3', '--noAssert'],
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
  if (error) throw new Error(`The kernel ${source} does not compile: ${error.message}\n${stderr}`);
  return Buffer.from(binary).toString('base64');
}
