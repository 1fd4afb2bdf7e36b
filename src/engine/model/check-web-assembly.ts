import { messageOf, SearchError } from '../errors.js';

/**
 * Finds out before a model is fetched whether there is a use for it.
 * @throws SearchError `model-failed`
 */
export async function checkWebAssembly(): Promise<void> {
  if (typeof WebAssembly === 'undefined')
    throw new SearchError('model-failed', 'A model needs WebAssembly, which this browser does not offer.');
  try {
    // The smallest module: magic number and version.
    await WebAssembly.compile(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  } catch (error) {
    throw new SearchError(
      'model-failed',
      `A model needs WebAssembly, which is refused here (${messageOf(error)}). Add 'wasm-unsafe-eval' to script-src.`,
      { cause: error },
    );
  }
}
