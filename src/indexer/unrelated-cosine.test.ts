import { describe, expect, it } from 'vitest';
import { unitVectors } from '../testing/random.js';
import { DEFAULT_EMBEDDER } from './find-model.js';
import { prepareEmbedder } from './prepare-models.js';
import { unrelatedCosine } from './unrelated-cosine.js';

/** Embeds so that any two texts have about this cosine, as E5 does. */
const leaning = (cosine: number): Parameters<typeof unrelatedCosine>[0] => ({
  embedPassages: async (texts) =>
    unitVectors(texts.length, 256, 1).map((vector) =>
      Float32Array.from([Math.sqrt(cosine), ...vector.map((value) => value * Math.sqrt(1 - cosine))]),
    ),
});

describe('unrelatedCosine', () => {
  it.each([0.3, 0.7, 0.9])('is what a model gives any two texts: %d', async (cosine) => {
    expect(Math.abs((await unrelatedCosine(leaning(cosine))) - cosine)).toBeLessThan(0.03);
  });

  it('is never below 0, nor so high that nothing is left above it', async () => {
    expect(await unrelatedCosine(leaning(0))).toBeLessThan(0.03);
    expect(await unrelatedCosine(leaning(1))).toBe(0.95);
  });

  it('is next to nothing for the default model, whatever the site is about', async () => {
    const { embedder, dispose } = await prepareEmbedder(DEFAULT_EMBEDDER);
    expect(await unrelatedCosine(embedder)).toBeLessThan(0.1);
    await dispose();
  });
});
