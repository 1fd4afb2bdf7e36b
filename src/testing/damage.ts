import { expect } from 'vitest';
import { SearchError } from '../engine/errors.js';

/** Every beginning of a file that is not the whole of it. */
export function truncations(bytes: Uint8Array): Uint8Array[] {
  return Array.from(bytes, (_, length) => bytes.slice(0, length));
}

/** A copy with other bytes from an offset on, as many as fit. */
export function overwritten(bytes: Uint8Array, at: number, others: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy.set(others.subarray(0, copy.length - at), at);
  return copy;
}

/** What reading a file throws; undefined when it reads. */
export function thrownBy(read: () => unknown): unknown {
  try {
    read();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The error is the one for a damaged file, and names it. */
export function expectDamaged(error: unknown, file: string): void {
  expect(error).toBeInstanceOf(SearchError);
  expect(error).toMatchObject({ code: 'damaged-file', message: expect.stringContaining(file) as string });
}
