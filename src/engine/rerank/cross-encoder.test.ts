import { describe, expect, it } from 'vitest';
import type { Output, Session } from '../model/session.js';
import type { ModelInput, TextTokenizer } from '../model/tokenizer.js';
import { createCrossEncoder, type CrossEncoder } from './cross-encoder.js';

/** A letter is a token, its code its id. */
const tokenizer: TextTokenizer = {
  ids: (text) => Array.from(text, (letter) => letter.charCodeAt(0)),
  count: (text) => text.length,
  frame: (text) => ({ ids: [...text], types: [] }),
  framePair: (first, second, maxTokens) => ({
    ids: [...first, 0, ...second].slice(0, maxTokens),
    types: [],
  }),
  overhead: { single: 0, pair: 1 },
};

const texts = (inputs: ModelInput[]): string[] =>
  inputs.map(({ ids }) => ids.map((id) => (id ? String.fromCharCode(id) : '|')).join(''));

function crossEncoder(
  output: (input: ModelInput) => Output,
  calibration = { scale: 1, offset: 0 },
): { model: CrossEncoder; seen: ModelInput[] } {
  const seen: ModelInput[] = [];
  const session: Session = {
    lanes: 1,
    async run(batch) {
      seen.push(...batch);
      return output(batch[0]!);
    },
    dispose: () => Promise.resolve(),
  };
  return {
    model: createCrossEncoder(session, tokenizer, { maxQueryTokens: 4, maxTokens: 12, calibration }),
    seen,
  };
}
const logits = (...values: number[]): Output => ({
  data: Float32Array.from(values),
  dims: [1, values.length],
});

describe('createCrossEncoder', () => {
  it('reads the query with each passage, both cut to what the model can read', async () => {
    const { model, seen } = crossEncoder(() => logits(0));
    await model.logits('undo it', ['short', 'a long passage']);
    expect(texts(seen)).toEqual(['undo|short', 'undo|a long ']);
  });

  it('scores passages in their order, by their logit', async () => {
    const { model } = crossEncoder(({ ids }) => logits(ids.length));
    expect(await model.logits('q', ['a', 'abc', ''])).toEqual([3, 5, 2]);
    expect(await model.logits('q', [])).toEqual([]);
  });

  it('reads a pair once, and of another query every passage', async () => {
    const { model, seen } = crossEncoder(({ ids }) => logits(ids.length));
    await model.logits('q', ['a', 'abc']);
    expect(await model.logits('q', ['abc', 'ab', 'a'])).toEqual([5, 4, 3]);
    await model.logits('r', ['a']);
    expect(texts(seen)).toEqual(['q|a', 'q|abc', 'q|ab', 'r|a']);
  });

  it('takes of two logits (irrelevant, relevant) the difference', async () => {
    const { model } = crossEncoder(() => logits(1.5, 4));
    expect(await model.logits('q', ['a'])).toEqual([2.5]);
  });

  it('makes logits probabilities, as the model is calibrated', async () => {
    const { model } = crossEncoder(({ ids }) => logits(ids.length), { scale: 2, offset: -6 });
    const [low, even, high] = await model.probabilities('q', ['', 'a', 'abcdefg']);
    expect(even).toBe(0.5);
    expect(low).toBeCloseTo(1 / (1 + Math.exp(2)));
    expect(high).toBeGreaterThan(0.99);
  });

  it.each([
    ['three labels', logits(1, 2, 3)],
    ['a vector a token', { data: new Float32Array(20), dims: [1, 5, 4] }],
    ['not a number', logits(NaN)],
  ])('refuses an output that is no relevance: %s', async (_, output) => {
    const { model } = crossEncoder(() => output);
    await expect(model.logits('q', ['a'])).rejects.toMatchObject({ code: 'model-failed' });
  });

  it('reads every passage where a faster session with more lanes takes over in the middle', async () => {
    const seen: ModelInput[][] = [];
    const session: Session = {
      get lanes() {
        return seen.length === 0 ? 1 : 4;
      },
      async run(batch) {
        seen.push([...batch]);
        const lengths = Float32Array.from(batch, ({ ids }) => ids.length);
        return { data: lengths, dims: [batch.length, 1] };
      },
      dispose: () => Promise.resolve(),
    };
    const settings = { maxQueryTokens: 4, maxTokens: 12, calibration: { scale: 1, offset: 0 } };
    const model = createCrossEncoder(session, tokenizer, settings);
    expect(await model.logits('q', ['a', 'ab', 'abc', 'abcd'])).toEqual([3, 4, 5, 6]);
    expect(seen.map(texts)).toEqual([['q|a'], ['q|ab', 'q|abc', 'q|abcd']]);
  });

  it('stops between two passages when it is aborted', async () => {
    const controller = new AbortController();
    const { model, seen } = crossEncoder(() => {
      if (seen.length === 2) controller.abort(new Error('a newer query'));
      return logits(0);
    });
    await expect(model.logits('q', ['a', 'b', 'c', 'd'], controller.signal)).rejects.toThrow('a newer query');
    expect(seen).toHaveLength(2);
  });
});
