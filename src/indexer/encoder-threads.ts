import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { openEncoder } from '../engine/encoder/open-encoder.js';
import { SearchError } from '../engine/errors.js';
import { joined, type Session } from '../engine/model/session.js';
import type { ModelInput } from '../engine/model/tokenizer.js';
import { PACKAGE_ROOT } from './package-root.js';

/** Each thread has a copy of the weights. */
const MOST_THREADS = 16;

/** What a thread begins with. */
export interface ThreadData {
  file: Uint8Array;
  name: string;
}

export interface ThreadQuestion {
  input: ModelInput;
}

export type ThreadAnswer = { output: Float32Array } | { error: string };

interface Job {
  input: ModelInput;
  resolve: (output: Float32Array) => void;
  reject: (error: unknown) => void;
}

/** The thread's side, which the build has made. */
const SCRIPT = join(PACKAGE_ROOT, 'dist/node/encoder-thread.js');

/**
 * Runs an encoder in as many threads as there are cores, with the kernels that visitors run it with. A text's vector does
 * not depend on the texts beside it, so it is the same however many threads there are. Where one fails, all are ended, and
 * what was asked of any of them fails.
 */
export async function encoderThreads(
  file: Uint8Array,
  name: string,
  { lanes = Math.min(MOST_THREADS, availableParallelism()), script = SCRIPT } = {},
): Promise<Session> {
  // The sources, which tests run, are no JavaScript that a thread could load.
  if (lanes === 1 || !existsSync(script)) return openEncoder(file, name);

  const queue: Job[] = [];
  const jobs = new Map<Worker, Job>();
  let failure: SearchError | undefined;
  const data: ThreadData = { file, name };
  const workers = Array.from({ length: lanes }, () => start(new Worker(script, { workerData: data })));
  return {
    lanes,
    async run(batch) {
      if (failure) throw failure;
      const outputs = await Promise.all(
        batch.map(
          (input) =>
            new Promise<Float32Array>((resolve, reject) => {
              queue.push({ input, resolve, reject });
              for (const worker of workers) next(worker);
            }),
        ),
      );
      return joined(outputs);
    },
    dispose: end,
  };

  function start(worker: Worker): Worker {
    worker.on('message', (answer: ThreadAnswer) => {
      if ('error' in answer) {
        fail(answer.error);
        return;
      }
      jobs.get(worker)?.resolve(answer.output);
      jobs.delete(worker);
      next(worker);
    });
    worker.on('error', (error) => fail(error.message));
    // One that waits must not keep the program from ending.
    worker.unref();
    return worker;
  }

  function fail(reason: string): void {
    failure ??= new SearchError('model-failed', `${name} failed: ${reason}.`);
    for (const job of [...jobs.values(), ...queue.splice(0)]) job.reject(failure);
    jobs.clear();
    void end();
  }

  async function end(): Promise<void> {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  function next(worker: Worker): void {
    const job = jobs.has(worker) ? undefined : queue.shift();
    if (!job) {
      if (!jobs.has(worker)) worker.unref();
      return;
    }
    jobs.set(worker, job);
    worker.ref();
    worker.postMessage({ input: job.input } satisfies ThreadQuestion);
  }
}
