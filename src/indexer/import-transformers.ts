import { SearchError } from '../engine/errors.js';

/** Loads transformers.js, an optional dependency because of its size (native ONNX Runtime: 288 MB on disk). */
export async function importTransformers(
  purpose: string,
): Promise<typeof import('@huggingface/transformers')> {
  try {
    return await import('@huggingface/transformers');
  } catch (error) {
    throw new SearchError(
      'bad-option',
      `${purpose} needs the package @huggingface/transformers: npm install @huggingface/transformers`,
      { cause: error },
    );
  }
}
