import type { Passage } from '../engine/index-file/passage-file.js';
import { passageText } from '../engine/passage-text.js';
import type { PreparedEmbedder } from './prepare-models.js';

const BATCH = 16;

/** Embeds passages in batches of about equal length, so that little is padded. Vectors come in the passages' order. */
export async function embedPassages(
  passages: readonly Passage[],
  { embedder, entry }: Pick<PreparedEmbedder, 'embedder' | 'entry'>,
  onProgress?: (done: number, total: number) => void,
): Promise<Float32Array[]> {
  const texts = passages.map((passage) => passageText(passage, entry.headingJoint));
  const lengths = texts.map((text) => embedder.tokenizer.count(text));
  const byLength = passages
    .map((_, at) => at)
    .sort((left, right) => (lengths[right] ?? 0) - (lengths[left] ?? 0));
  const vectors = new Array<Float32Array>(passages.length);
  for (let at = 0; at < byLength.length; at += BATCH) {
    const batch = byLength.slice(at, at + BATCH);
    const embedded = await embedder.embedPassages(batch.map((passage) => texts[passage] ?? ''));
    batch.forEach((passage, i) => {
      vectors[passage] = embedded[i]!;
    });
    onProgress?.(Math.min(at + BATCH, byLength.length), byLength.length);
  }
  return vectors;
}
