import type { Passage } from '../engine/index-file/passage-file.js';
import { passageText } from '../engine/passage-text.js';
import type { PreparedEmbedder } from './prepare-models.js';
import type { VectorCache } from './vector-cache.js';

/**
 * Embeds passages in batches of about equal length, so that little is padded. Vectors come in the passages' order.
 * Those that the cache has are not embedded again. (A quantised model's vectors depend in their last digits on what else
 * is in the batch, so an index made with a cache may differ that much from one made without.)
 */
export async function embedPassages(
  passages: readonly Passage[],
  { embedder, entry, batch: size }: Pick<PreparedEmbedder, 'embedder' | 'entry' | 'batch'>,
  onProgress?: (done: number, total: number) => void,
  cache?: VectorCache,
): Promise<Float32Array[]> {
  const texts = passages.map((passage) => passageText(passage, entry.headingJoint));
  const vectors = texts.map((text) => cache?.get(text));
  const left = vectors.flatMap((vector, passage) =>
    vector ? [] : [{ passage, text: texts[passage]!, tokens: embedder.tokenizer.count(texts[passage]!) }],
  );
  left.sort((one, other) => other.tokens - one.tokens);
  for (let at = 0; at < left.length; at += size) {
    const batch = left.slice(at, at + size);
    const embedded = await embedder.embedPassages(batch.map(({ text }) => text));
    batch.forEach(({ passage, text }, i) => {
      vectors[passage] = embedded[i]!;
      cache?.add(text, embedded[i]!);
    });
    onProgress?.(Math.min(at + size, left.length), left.length);
  }
  return vectors as Float32Array[];
}
