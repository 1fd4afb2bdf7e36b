import { parentPort, workerData } from 'node:worker_threads';
import { openEncoder } from '../engine/encoder/open-encoder.js';
import { messageOf } from '../engine/errors.js';
import type { ThreadAnswer, ThreadData, ThreadQuestion } from './encoder-threads.js';

/** One of the threads that embed. */
const { file, name } = workerData as ThreadData;
const opened = openEncoder(file, name);

parentPort!.on('message', async ({ input }: ThreadQuestion) => {
  const answer = (given: ThreadAnswer): void => parentPort!.postMessage(given);
  try {
    answer({ output: (await (await opened).run([input])).data });
  } catch (error) {
    answer({ error: messageOf(error) });
  }
});
