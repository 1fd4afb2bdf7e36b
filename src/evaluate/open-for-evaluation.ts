import { openIndex, type SearchIndex } from '../engine/open-index.js';
import { modelOpener } from '../engine/model/open-model.js';
import { createWasmSession } from '../engine/model/wasm-session.js';
import { folderSource } from '../indexer/folder-source.js';

/**
 * Opens an index folder as a browser does: the models run in WebAssembly on one thread, so that rankings and times are
 * those of a visitor with a machine like this one.
 * @param models whether any stage needs one
 */
export async function openForEvaluation(
  folder: string,
  { models }: { models: boolean },
): Promise<SearchIndex> {
  return openIndex({
    source: folderSource(folder),
    models: models
      ? modelOpener(async () => ({ createSession: createWasmSession }))
      : { unavailable: 'Only keywords were asked for.' },
  });
}
