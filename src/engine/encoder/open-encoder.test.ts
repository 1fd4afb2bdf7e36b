import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectDamaged, thrownBy, truncations } from '../../testing/damage.js';
import { plainEncoder, randomInput, randomWeights } from '../../testing/plain-encoder.js';
import { readEncoderFile, writeEncoderFile } from './encoder-file.js';
import type { EncoderShape } from './encoder-shape.js';
import { openEncoder } from './open-encoder.js';

const SHAPE: EncoderShape = {
  ...{ vocabulary: 50, positions: 40, types: 2, width: 32, inner: 64, heads: 2, layers: 2 },
  ...{ epsilon: 1e-12, pooling: 'mean', labels: 0 },
};

const shapes: fc.Arbitrary<EncoderShape> = fc
  .record({
    heads: fc.integer({ min: 1, max: 3 }),
    headWidth: fc.constantFrom(16, 32),
    inner: fc.constantFrom(16, 48, 64),
    layers: fc.integer({ min: 1, max: 3 }),
    pooling: fc.constantFrom('mean', 'cls'),
    labels: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ headWidth, ...shape }) => ({ ...SHAPE, ...shape, width: shape.heads * headWidth }));

const farthest = (left: ArrayLike<number>, right: ArrayLike<number>): number =>
  Math.max(...Array.from(left, (value, at) => Math.abs(value - right[at]!)));

describe('an encoder', () => {
  it('computes what plain JavaScript does in float64, of any sizes and any number of tokens', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.nat(), fc.integer({ min: 1, max: 40 }), async (shape, seed, tokens) => {
        const weights = randomWeights(shape, seed);
        const input = randomInput(shape, tokens, seed);
        const { data, dims } = await (await openEncoder(writeEncoderFile(weights), 'test')).run([input]);
        expect(dims).toEqual([1, shape.labels || shape.width]);
        expect(farthest(data, plainEncoder(weights, input))).toBeLessThan(0.1);
      }),
      { numRuns: 60 },
    );
  });

  it('makes the same of a text alone, and of several at a time, in their order', async () => {
    const encoder = await openEncoder(writeEncoderFile(randomWeights(SHAPE, 1)), 'test');
    const inputs = [5, 40, 1, 17].map((tokens, seed) => randomInput(SHAPE, tokens, seed));
    const together = await encoder.run(inputs);
    const [last] = await Promise.all([encoder.run([inputs[3]!]), encoder.run(inputs)]);
    expect(together.dims).toEqual([4, SHAPE.width]);
    expect(last.data).toEqual(together.data.slice(3 * SHAPE.width));
  });

  it('ends between two layers when it is told to, and reads on after that', async () => {
    const encoder = await openEncoder(writeEncoderFile(randomWeights(SHAPE, 1)), 'test');
    const input = randomInput(SHAPE, 20, 1);
    const controller = new AbortController();
    const ended = encoder.run([input], controller.signal);
    controller.abort(new Error('a newer query'));
    const next = encoder.run([input]);
    await expect(ended).rejects.toThrow('a newer query');
    const fresh = await openEncoder(writeEncoderFile(randomWeights(SHAPE, 1)), 'test');
    expect((await next).data).toEqual((await fresh.run([input])).data);
  });

  it('keeps what is far out of line apart from the rest', async () => {
    const weights = randomWeights(SHAPE, 2);
    // A channel a hundred times as large as the others, as BERT's are at [CLS].
    weights.norm.gain[3] = 100;
    const input = randomInput(SHAPE, 20, 2);
    const { data } = await (await openEncoder(writeEncoderFile(weights), 'test')).run([input]);
    expect(farthest(data, plainEncoder(weights, input))).toBeLessThan(0.1);
  });

  it.each([
    ['no tokens', { ids: [], types: [] }, /given no tokens/],
    ['too many tokens', randomInput(SHAPE, 41, 1), /41 tokens; it reads 40 at most/],
    ['a token of another vocabulary', { ids: [50], types: [0] }, /token 50; its vocabulary has 50/],
    ['a type that it does not know', { ids: [1], types: [2] }, /more than 2 types/],
  ])('refuses %s', async (_, input, message) => {
    const encoder = await openEncoder(writeEncoderFile(randomWeights(SHAPE, 1)), 'small');
    await expect(encoder.run([input])).rejects.toThrow(message);
    await expect(encoder.run([randomInput(SHAPE, 3, 1)])).resolves.toMatchObject({ dims: [1, 32] });
  });
});

describe("an encoder's file", () => {
  const small = { ...SHAPE, width: 16, inner: 16, heads: 2, layers: 1, labels: 1 };
  const file = writeEncoderFile(randomWeights(small, 3));

  it('gives its sizes back', () => {
    expect(readEncoderFile(file, 'a.encoder').shape).toEqual(small);
  });

  it('is refused by name where it is cut short, or its sizes are not those of its bytes', () => {
    for (const cut of truncations(file))
      expectDamaged(
        thrownBy(() => readEncoderFile(cut, 'a.encoder')),
        'a.encoder',
      );
    const larger = writeEncoderFile(randomWeights(SHAPE, 3));
    const text = new TextDecoder('latin1').decode(larger).replace('"layers":2', '"layers":3');
    expectDamaged(
      thrownBy(() =>
        readEncoderFile(
          Uint8Array.from(text, (c) => c.charCodeAt(0)),
          'a.encoder',
        ),
      ),
      'a.encoder',
    );
  });
});
