import { homedir } from 'node:os';
import { join } from 'node:path';
import { messageOf, SearchError } from '../engine/errors.js';
import { importTransformers } from './import-transformers.js';
import type { ModelKind } from './find-model.js';

/** Called as a download goes on. */
export type OnDownload = (progress: { file: string; loaded: number; total: number }) => void;

/** Where downloaded models are kept: `$SECOND_LOOK_CACHE`, or the user's cache folder. */
export function modelCache(): string {
  const { SECOND_LOOK_CACHE, XDG_CACHE_HOME } = process.env;
  return SECOND_LOOK_CACHE ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'second-look', 'models');
}

/** Precisions to take, best for WebAssembly first. */
const DTYPES = ['q8', 'int8', 'uint8', 'fp32'] as const;

/**
 * Downloads a model's ONNX weights and tokenizer from the Hugging Face hub (or the mirror that `$HF_ENDPOINT` names)
 * and returns its folder. Loading it once here proves that it is whole and of the right kind.
 */
export async function downloadModel(name: string, kind: ModelKind, onDownload?: OnDownload): Promise<string> {
  const { AutoModel, AutoModelForSequenceClassification, AutoTokenizer, ModelRegistry, env } =
    await importTransformers('Downloading a model');
  if (process.env.HF_ENDPOINT) env.remoteHost = process.env.HF_ENDPOINT.replace(/\/*$/, '/');
  env.allowRemoteModels = true;
  const cache_dir = modelCache();
  const Model = kind === 'embedder' ? AutoModel : AutoModelForSequenceClassification;
  try {
    const available = await ModelRegistry.get_available_dtypes(name, { cache_dir });
    const dtype = DTYPES.find((candidate) => available.includes(candidate));
    if (!dtype)
      throw new Error(`it has no ONNX weights of a precision that runs here (${DTYPES.join(', ')})`);
    await AutoTokenizer.from_pretrained(name, { cache_dir });
    const model = await Model.from_pretrained(name, {
      cache_dir,
      dtype,
      progress_callback: (info) => {
        if (info.status === 'progress')
          onDownload?.({ file: info.file, loaded: info.loaded, total: info.total });
      },
    });
    await model.dispose();
  } catch (error) {
    throw new SearchError(
      'model-failed',
      `The ${kind} ${name} could not be had from ${env.remoteHost}: ${messageOf(error)}. Check the name and the ` +
        'network, or name a folder that has the model.',
      { cause: error },
    );
  }
  return join(cache_dir, name);
}
