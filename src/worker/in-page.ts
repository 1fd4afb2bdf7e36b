import { createWorkerApi } from './answer.js';
import type { WorkerApi } from '../protocol.js';

/**
 * The worker's work done in the page, for where workers are refused. Keywords only: a model would block the page for
 * as long as it runs.
 */
export function createInPageApi(reason: string): WorkerApi {
  return createWorkerApi({ unavailable: reason });
}
