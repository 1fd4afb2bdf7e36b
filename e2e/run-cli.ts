import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The built command line. */
export const CLI = join(import.meta.dirname, '../dist/node/cli.js');

/** How a command ended, and what it said. */
export interface Outcome {
  code: number;
  out: string;
  err: string;
}

/** Runs a command of second-look, without colours, to its end; a failure is an outcome too. */
export async function runCli(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Outcome> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [CLI, ...args], {
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
    });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}
