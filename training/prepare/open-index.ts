import { preload, type SearchIndex } from '../../src/engine/open-index.js';
import { openForEvaluation } from '../../src/evaluate/open-for-evaluation.js';

/** Opens a collection's index with the models that a visitor has, all of it in memory. */
export async function openIndex(folder: string): Promise<SearchIndex> {
  const index = await openForEvaluation(folder, { models: true });
  await preload(index);
  return index;
}
