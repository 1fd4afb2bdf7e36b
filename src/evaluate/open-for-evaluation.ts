import { bestLanguage } from '../engine/best-language.js';
import { SearchError } from '../engine/errors.js';
import { openIndex, type SearchIndex } from '../engine/open-index.js';
import { modelOpener } from '../engine/model/open-model.js';
import { folderSource } from '../indexer/folder-source.js';
import { openWasmRuntime } from '../indexer/runtime-files.js';

/**
 * Opens an index folder as a browser does: the models run in WebAssembly on one thread, so that rankings and times are
 * those of a visitor with a machine like this one.
 * @param models whether any stage needs one
 * @param language which index of the folder; its main one where none is named
 * @throws SearchError `bad-option` where the folder has no such language
 */
export async function openForEvaluation(
  folder: string,
  { models, language }: { models: boolean; language?: string | undefined },
): Promise<SearchIndex> {
  const index = await openIndex({
    source: folderSource(folder),
    language,
    models: models ? modelOpener(openWasmRuntime) : { unavailable: 'Only keywords were asked for.' },
  });
  const { languages = [index.manifest.language] } = index.manifest;
  if (language !== undefined && !bestLanguage(language, languages))
    throw new SearchError(
      'bad-option',
      `The index ${folder} has nothing in "${language}"; it is in ${languages.join(', ')}.`,
    );
  return index;
}
