import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { writeEncoderFile } from '../engine/encoder/encoder-file.js';
import type { EncoderShape } from '../engine/encoder/encoder-shape.js';
import { messageOf, SearchError } from '../engine/errors.js';
import type { ModelEntry } from '../engine/index-file/manifest.js';
import type { ModelFolder } from './model-folder.js';
import { bertWeights } from './onnx/bert-weights.js';
import { NotAnEncoder } from './onnx/not-an-encoder.js';

/** A model's weights as visitors load them. */
export interface VisitorWeights {
  format: ModelEntry['format'];
  /** The file's name before its hash. */
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** Why it takes ONNX Runtime, where it does. */
  reason?: string;
}

/**
 * The weights as our own kernels run them, where the model is a BERT whose weights can be read; else the ONNX file, with
 * which visitors load ONNX Runtime too (3.7 MB packed, 14.3 MB unpacked).
 * @param rewritten what `encoderFile` makes of it; by default as a cross-encoder
 */
export async function visitorWeights(
  model: ModelFolder,
  rewritten = encoderFile(model),
): Promise<VisitorWeights> {
  const encoder = await rewritten;
  if ('file' in encoder)
    return {
      format: 'encoder',
      name: 'model.encoder',
      // Hosts send what they do not know as it is; int8 weights pack to two thirds.
      bytes: new Uint8Array(await promisify(gzip)(encoder.file, { level: 6 })),
    };
  const bytes = new Uint8Array(await readFile(join(model.folder, model.weights)));
  return { format: 'onnx', name: 'model.onnx', bytes, reason: encoder.reason };
}

/** A model as a file for our own kernels, or why that cannot be. */
export type EncoderOrReason = { file: Uint8Array<ArrayBuffer> } | { reason: string };

/**
 * Rewrites a model for our own kernels.
 * @param pooling how an embedder's token vectors become one; absent for a cross-encoder
 */
export async function encoderFile(
  { folder, weights }: ModelFolder,
  pooling?: EncoderShape['pooling'],
): Promise<EncoderOrReason> {
  const onnx = await readFile(join(folder, weights));
  const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as unknown;
  try {
    return { file: writeEncoderFile(bertWeights(onnx, config, pooling)) };
  } catch (error) {
    if (error instanceof NotAnEncoder) return { reason: error.message };
    throw new SearchError(
      'bad-option',
      `${join(folder, weights)} cannot be read as an ONNX file: ${messageOf(error)}. Download or export the model again.`,
      { cause: error },
    );
  }
}
