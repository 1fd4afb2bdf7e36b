import { readEncoderFile } from './encoder-file.js';
import { type EncoderSession, startEncoder } from './start-encoder.js';

/**
 * Opens an encoder that the indexer has written.
 * @throws SearchError `damaged-file`; `model-failed` where it cannot be started
 */
export async function openEncoder(bytes: Uint8Array, name: string): Promise<EncoderSession> {
  return startEncoder(readEncoderFile(bytes, name), name);
}
