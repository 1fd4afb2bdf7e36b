import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectDamaged, overwritten, thrownBy, truncations } from '../../testing/damage.js';
import { unitVectors } from '../../testing/random.js';
import { quantise, readVectorFile, type VectorRows, writeVectorFile } from './vector-file.js';

const rows: fc.Arbitrary<VectorRows> = fc
  .record({ rows: fc.nat(12), dimensions: fc.nat(12), scale: fc.float({ min: Math.fround(1e-6), max: 1 }) })
  .chain(({ rows, dimensions, scale }) =>
    fc
      .int8Array({ minLength: rows * dimensions, maxLength: rows * dimensions })
      .map((components) => ({ rows, dimensions, scale, components })),
  )
  .filter(({ scale }) => !Number.isNaN(scale));

describe('the vector file', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(rows, (written) => {
        expect(readVectorFile(writeVectorFile(written), 'vectors.bin')).toEqual(written);
      }),
    );
  });

  it('reads from the middle of a larger buffer', () => {
    const bytes = writeVectorFile(quantise(unitVectors(3, 8, 1)));
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(readVectorFile(larger.subarray(3), 'vectors.bin')).toEqual(readVectorFile(bytes, 'vectors.bin'));
  });

  it('is refused by name wherever it is cut off', () => {
    for (const cut of truncations(writeVectorFile(quantise(unitVectors(3, 8, 2)))))
      expectDamaged(
        thrownBy(() => readVectorFile(cut, 'vectors.bin')),
        'vectors.bin',
      );
  });

  it('is read or refused by name, whatever bytes are written over its head', () => {
    const whole = writeVectorFile(quantise(unitVectors(5, 8, 3)));
    const damage = fc.uint8Array({ minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.nat(15), damage, (at, bytes) => {
        const damaged = overwritten(whole, at, bytes);
        const error = thrownBy(() => readVectorFile(damaged, 'vectors.bin'));
        if (error !== undefined || !damaged.subarray(0, 4).every((byte, i) => byte === whole[i]))
          expectDamaged(error, 'vectors.bin');
      }),
      { numRuns: 500 },
    );
  });

  it.each([0, -1, NaN, Infinity])('is refused with the scale %d', (scale) => {
    const bytes = writeVectorFile({ ...quantise(unitVectors(2, 4, 4)), scale });
    expectDamaged(
      thrownBy(() => readVectorFile(bytes, 'vectors.bin')),
      'vectors.bin',
    );
  });
});

describe('quantise', () => {
  it('rounds components to the nearest of 255 levels, but for the rarest ones, which it clips', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const vectors = unitVectors(50, 64, seed);
        const { components, scale } = quantise(vectors);
        const errors = vectors.flatMap((vector, row) =>
          Array.from(vector, (value, at) => Math.abs(value - components[row * 64 + at]! * scale)),
        );
        const rounded = errors.filter((error) => error <= scale / 2 + 1e-7);
        expect(rounded.length).toBeGreaterThanOrEqual(0.999 * errors.length);
        expect(components.every((component) => component >= -127)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('takes no vectors, and vectors of nothing but zeros', () => {
    expect(quantise([])).toMatchObject({ rows: 0, dimensions: 0 });
    const zeros = quantise([new Float32Array(4), new Float32Array(4)]);
    expect(readVectorFile(writeVectorFile(zeros), 'vectors.bin').components).toEqual(new Int8Array(8));
  });
});
