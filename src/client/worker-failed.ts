import { SearchError } from '../protocol.js';

export function workerFailed(reason: string): SearchError {
  return new SearchError(
    'worker-failed',
    `The search worker did not start (${reason}); the page searches by keywords alone.`,
  );
}
