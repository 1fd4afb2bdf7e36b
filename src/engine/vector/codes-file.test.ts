import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectDamaged, overwritten, thrownBy, truncations } from '../../testing/damage.js';
import { unitVectors } from '../../testing/random.js';
import { binaryCodes } from './binary-codes.js';
import { readCodesFile, writeCodesFile } from './codes-file.js';
import { quantise } from './vector-file.js';

const fileOf = (vectors: Float32Array[]): Uint8Array<ArrayBuffer> =>
  writeCodesFile(binaryCodes(vectors), quantise(vectors));

describe('the file of codes', () => {
  it('reads back what was written, of any number of rows and dimensions', () => {
    fc.assert(
      fc.property(fc.nat(70), fc.integer({ min: 1, max: 40 }), fc.nat(), (rows, dimensions, seed) => {
        const vectors = unitVectors(rows, dimensions, seed);
        const { scale } = quantise(vectors);
        const read = readCodesFile(fileOf(vectors), 'codes.bin');
        expect(read).toMatchObject({
          rows,
          dimensions: rows > 0 ? dimensions : 0,
          scale: Math.fround(scale),
        });
        const { mean, factorScale, blocks } = binaryCodes(vectors);
        expect(read).toMatchObject({ mean, factorScale: Math.fround(factorScale), blocks });
        expect(read.checks).toHaveLength(Math.ceil(rows / 8));
      }),
      { numRuns: 50 },
    );
  });

  it('takes about 50 bytes for a vector of 384 dimensions', () => {
    const few = unitVectors(10, 384, 1);
    const vectors = Array.from({ length: 3200 }, (_, row) => few[row % 10]!);
    expect(fileOf(vectors).length / 3200).toBeLessThan(52);
  });

  it('is refused by name wherever it is cut off', () => {
    for (const cut of truncations(fileOf(unitVectors(3, 8, 2))))
      expectDamaged(
        thrownBy(() => readCodesFile(cut, 'codes.bin')),
        'codes.bin',
      );
  });

  it('is read or refused by name, whatever bytes are written over its head', () => {
    const whole = fileOf(unitVectors(40, 8, 3));
    const damage = fc.uint8Array({ minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.nat(60), damage, (at, bytes) => {
        const damaged = overwritten(whole, at, bytes);
        const error = thrownBy(() => readCodesFile(damaged, 'codes.bin'));
        if (error !== undefined) expectDamaged(error, 'codes.bin');
      }),
      { numRuns: 500 },
    );
  });
});
