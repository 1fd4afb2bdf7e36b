import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { writeEncoderFile } from '../engine/encoder/encoder-file.js';
import type { EncoderShape } from '../engine/encoder/encoder-shape.js';
import { messageOf, SearchError } from '../engine/errors.js';
import type { ModelEntry } from '../engine/index-file/manifest.js';
import type { ModelFolder } from './model-folder.js';
import { bertWeights } from './onnx/bert-weights.js';
import { NotAnEncoder } from './onnx/not-an-encoder.js';
import { once } from './once.js';
import type { WeightsCache } from './weights-cache.js';

/** A model's weights as visitors load them. */
export interface VisitorWeights {
  format: ModelEntry['format'];
  /** The file's name before its hash. */
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** Why it takes ONNX Runtime, where it does. */
  reason?: string;
}

/** A model as a file for our own kernels, or why that cannot be. */
export type EncoderOrReason = { file: Uint8Array<ArrayBuffer> } | { reason: string };

/** A model's weights, each made the first time that it is asked for. */
export interface ModelWeights {
  /** As visitors load them. */
  packed: () => Promise<VisitorWeights>;
  /** As our own kernels run them. */
  encoder: () => Promise<EncoderOrReason>;
}

/** To be raised when the file that is written of the same ONNX changes (a test says when). */
const WRITER = 1;

/**
 * The weights as our own kernels run them, where the model is a BERT whose weights can be read; else the ONNX file, with
 * which visitors load ONNX Runtime too (3.7 MB packed, 14.3 MB unpacked).
 * @param pooling how an embedder's token vectors become one; absent for a cross-encoder
 * @param cache of earlier runs; without one nothing is kept
 */
export function modelWeights(
  model: ModelFolder,
  pooling: EncoderShape['pooling'] | undefined,
  cache?: WeightsCache,
): ModelWeights {
  const onnx = once(() => readFile(join(model.folder, model.weights)));
  const config = once(() => readFile(join(model.folder, 'config.json')));
  const key = once(async () => {
    const settings = JSON.stringify({ writer: WRITER, pooling });
    return createHash('sha256')
      .update(settings)
      .update(await config())
      .update(await onnx())
      .digest('hex');
  });
  const kept = once(async () => cache?.read(await key()));
  const encoder = once(async (): Promise<EncoderOrReason> => {
    const packed = await kept();
    if (packed) return { file: new Uint8Array(await promisify(gunzip)(packed)) };
    return encoderFile(model, await onnx(), JSON.parse((await config()).toString()), pooling);
  });
  const packed = once(async (): Promise<VisitorWeights> => {
    const asEncoder = { format: 'encoder', name: 'model.encoder' } as const;
    const known = await kept();
    if (known) return { ...asEncoder, bytes: known };
    const made = await encoder();
    if ('reason' in made)
      return { format: 'onnx', name: 'model.onnx', bytes: new Uint8Array(await onnx()), reason: made.reason };
    // Hosts send what they do not know as it is; int8 weights pack to two thirds.
    const bytes = new Uint8Array(await promisify(gzip)(made.file, { level: 6 }));
    await cache?.write(await key(), bytes);
    return { ...asEncoder, bytes };
  });
  return { packed, encoder };
}

function encoderFile(
  { folder, weights }: ModelFolder,
  onnx: Uint8Array,
  config: unknown,
  pooling: EncoderShape['pooling'] | undefined,
): EncoderOrReason {
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
