import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { messageOf, SearchError } from '../engine/errors.js';
import type { ModelKind } from './find-model.js';
import { downloadHubFile } from './hub-file.js';
import { modelFolder, TOKENIZER, TOKENIZER_CONFIG, WEIGHTS } from './model-folder.js';

/** Called as a download goes on. */
export type OnDownload = (progress: { file: string; loaded: number; total: number }) => void;

/** Where downloaded models are kept: `$SECOND_LOOK_CACHE`, or the user's cache folder. */
export function modelCache(): string {
  const { SECOND_LOOK_CACHE, XDG_CACHE_HOME } = process.env;
  return SECOND_LOOK_CACHE ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'second-look', 'models');
}

/**
 * Downloads a model's ONNX weights and tokenizer from the Hugging Face hub (or the mirror that `$HF_ENDPOINT` names) and
 * returns its folder. A model that is there already is not asked for again.
 */
export async function downloadModel(name: string, kind: ModelKind, onDownload?: OnDownload): Promise<string> {
  const folder = join(modelCache(), name);
  if (isWhole(folder)) return folder;
  const hub = (process.env.HF_ENDPOINT ?? 'https://huggingface.co').replace(/\/*$/, '');
  const fetchFile = async (file: string): Promise<boolean> =>
    existsSync(join(folder, file)) ||
    downloadHubFile(`${hub}/${name}/resolve/main/${file}`, join(folder, file), (loaded, total) =>
      onDownload?.({ file, loaded, total }),
    );
  try {
    for (const file of ['config.json', TOKENIZER, TOKENIZER_CONFIG])
      if (!(await fetchFile(file))) throw new Error(`it has no ${file}`);
    for (const file of WEIGHTS) if (await fetchFile(file)) return folder;
    throw new Error(`it has no ONNX weights (${WEIGHTS.join(' or ')})`);
  } catch (error) {
    throw new SearchError(
      'model-failed',
      `The ${kind} ${name} could not be had from ${hub}: ${reasonOf(error)}. Check the name and the network, or name a ` +
        'folder that has the model.',
      { cause: error },
    );
  }
}

function isWhole(folder: string): boolean {
  try {
    modelFolder('', folder);
    return true;
  } catch {
    return false;
  }
}

/** Of a network that is not there, `fetch` says the reason in its cause alone. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error ? `${messageOf(error)} (${cause.message})` : messageOf(error);
}
