import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';

/** The machine that figures come from, in words. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return (
    `${model}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ` +
    `${platform()} ${arch()}, Node ${process.versions.node}`
  );
}
