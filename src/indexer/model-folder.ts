import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { SearchError } from '../engine/errors.js';
import { canonicalLanguage } from './group-by-language.js';
import { readJson } from './read-json.js';

/** A model on disk. */
export interface ModelFolder {
  /** The hub id, our own name for it, or the folder's path. */
  name: string;
  folder: string;
  /** The ONNX weights, relative to the folder. */
  weights: string;
}

export const TOKENIZER = 'tokenizer.json';
export const TOKENIZER_CONFIG = 'tokenizer_config.json';

/** Where weights lie in folders: Hugging Face's layout and a plain one; quantised before full. */
export const WEIGHTS = [
  'onnx/model_quantized.onnx',
  'model.onnx',
  'model_quantized.onnx',
  'onnx/model_int8.onnx',
  'onnx/model.onnx',
];

/** Finds the files of a model in a folder. */
export function modelFolder(name: string, folder: string): ModelFolder {
  const weights = WEIGHTS.find((file) => existsSync(join(folder, file)));
  const missing = ['config.json', TOKENIZER, TOKENIZER_CONFIG].filter(
    (file) => !existsSync(join(folder, file)),
  );
  if (!weights) missing.push(`ONNX weights (${WEIGHTS.join(' or ')})`);
  if (!weights || missing.length > 0)
    throw new SearchError('bad-option', `The model folder ${folder} lacks ${missing.join(', ')}.`);
  return { name, folder, weights };
}

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const settings = v.object({
  /** Embedders. */
  pooling: v.optional(v.picklist(['mean', 'cls'])),
  queryPrefix: v.optional(v.string()),
  passagePrefix: v.optional(v.string()),
  /** Rerankers. */
  weight: v.optional(share),
  calibration: v.optional(v.object({ scale: v.number(), offset: v.number() })),
  odds: v.optional(share),
  maxQueryTokens: v.optional(v.pipe(v.number(), v.integer(), v.minValue(4))),
  window: v.optional(v.pipe(v.number(), v.integer(), v.minValue(40))),
  /** Both. Languages that it reads, BCP 47; all where it does not say. */
  languages: v.optional(
    v.array(
      v.pipe(
        v.string(),
        v.check((tag) => canonicalLanguage(tag) !== undefined, 'expected a BCP 47 tag such as en'),
      ),
    ),
  ),
  headingJoint: v.optional(v.string()),
  maxTokens: v.optional(v.pipe(v.number(), v.integer(), v.minValue(16))),
});

/** How a model wants to be used, as far as its folder says; defaults fill the rest. */
export type ModelSettings = v.InferOutput<typeof settings>;

/** A model's own `second-look.json`, if it has one. */
export async function readSettings({ folder }: Pick<ModelFolder, 'folder'>): Promise<ModelSettings> {
  const file = join(folder, 'second-look.json');
  if (!existsSync(file)) return {};
  const read = v.safeParse(v.strictObject(settings.entries), await readJson(file));
  if (read.success) return read.output;
  const issue = read.issues[0];
  throw new SearchError('bad-option', `${file}: ${v.getDotPath(issue) ?? ''}: ${issue.message}.`);
}

const config = v.object({
  hidden_size: v.optional(v.number()),
  dim: v.optional(v.number()),
  max_position_embeddings: v.optional(v.number(), 512),
});

/** What the architecture says: vector width and the most positions. */
export async function readArchitecture({
  folder,
}: ModelFolder): Promise<{ width: number; positions: number }> {
  const file = join(folder, 'config.json');
  const read = v.safeParse(config, await readJson(file));
  const width = read.success ? (read.output.hidden_size ?? read.output.dim) : undefined;
  if (!read.success || width === undefined)
    throw new SearchError(
      'bad-option',
      `${file} names no hidden_size; expected the config.json of an encoder model.`,
    );
  return { width, positions: read.output.max_position_embeddings };
}
