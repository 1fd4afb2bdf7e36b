import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Coder, RangeDecoder } from './range-decoder.js';
import { RangeEncoder } from './range-encoder.js';

const CONTEXTS = 3;
const step = fc.oneof(
  fc.record({ context: fc.nat(CONTEXTS - 1), value: fc.constantFrom(0, 1) }),
  fc
    .integer({ min: 0, max: 30 })
    .chain((count) => fc.record({ count: fc.constant(count), value: fc.nat(2 ** count - 1) })),
);
interface Step {
  value: number;
  context?: number;
  count?: number;
}
const run = (coder: Coder, steps: readonly Step[]): number[] =>
  steps.map(({ context, count, value }) =>
    context === undefined ? coder.raw(count!, value) : coder.bit(context, value),
  );
const priors = fc.array(fc.integer({ min: 16, max: 4080 }), { minLength: CONTEXTS, maxLength: CONTEXTS });

describe('RangeDecoder', () => {
  it('reads the numbers that RangeEncoder wrote', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), priors, (steps, probabilities) => {
        const encoder = new RangeEncoder(Uint16Array.from(probabilities));
        run(encoder, steps);
        const decoder = new RangeDecoder(Uint16Array.from(probabilities), encoder.finish());
        expect(
          run(
            decoder,
            steps.map((one) => ({ ...one, value: 0 })),
          ),
        ).toEqual(steps.map(({ value }) => value));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes a fraction of a bit for what its context makes likely', () => {
    const encoder = new RangeEncoder(Uint16Array.of(2048));
    for (let written = 0; written < 8000; written++) encoder.bit(0, Number(written % 100 === 0));
    expect(encoder.finish().length).toBeLessThan(150);
  });
});
