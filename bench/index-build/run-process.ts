import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a process took from its start to its end. */
export interface Run {
  seconds: number;
  /** Largest resident memory in bytes; undefined where there is no /proc. */
  peakMemory: number | undefined;
}

/** The kernel keeps the high-water mark itself; only what grows between the last look and the end is missed. */
const LOOK_MS = 5;

/**
 * Runs a program to its end.
 * @throws with what it said, when it fails
 */
export async function runProcess(program: string, args: readonly string[]): Promise<Run> {
  const started = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  let peakMemory: number | undefined;
  const looks = setInterval(() => {
    peakMemory = highWaterMark(child.pid) ?? peakMemory;
  }, LOOK_MS);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  }).finally(() => clearInterval(looks));
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code ?? 'a signal'}: ${said}`);
  return { seconds: (performance.now() - started) / 1000, peakMemory };
}

function highWaterMark(pid: number | undefined): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid ?? ''}/status`, 'utf8');
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    // It has ended, or this is not Linux.
    return undefined;
  }
}
