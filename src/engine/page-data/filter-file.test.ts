import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectDamaged, overwritten, thrownBy, truncations } from '../../testing/damage.js';
import { readFilterFile, writeFilterFile } from './filter-file.js';

const PAGES = 300;
const pages = fc.uniqueArray(fc.nat(PAGES - 1)).map((list) => list.sort((left, right) => left - right));
const values = fc
  .array(fc.tuple(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('__proto__')), pages))
  .map((entries) => new Map(entries));
const read = (bytes: Uint8Array): Map<string, number[]> =>
  new Map([...readFilterFile(bytes, 'filters/x.bin', PAGES)].map(([value, having]) => [value, [...having]]));

describe('the filter file', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(values, (written) => {
        expect(read(writeFilterFile(written, PAGES))).toEqual(written);
      }),
    );
  });

  const small = writeFilterFile(
    new Map([
      ['cli', [0, 1, 299]],
      ['api', [7]],
    ]),
    PAGES,
  );

  it('is refused by name wherever it is cut off, and where more follows', () => {
    for (const bytes of [...truncations(small), Uint8Array.of(...small, 0)])
      expectDamaged(
        thrownBy(() => read(bytes)),
        'filters/x.bin',
      );
  });

  it('is refused by name when it is of another index', () => {
    expectDamaged(
      thrownBy(() => readFilterFile(small, 'filters/x.bin', 5)),
      'filters/x.bin',
    );
  });

  it('is read or refused by name, whatever bytes are written over it', () => {
    fc.assert(
      fc.property(fc.nat(small.length - 1), fc.uint8Array({ minLength: 1, maxLength: 6 }), (at, bytes) => {
        const error = thrownBy(() => {
          for (const having of read(overwritten(small, at, bytes)).values())
            for (const page of having) expect(page).toBeLessThan(PAGES);
        });
        if (error !== undefined) expectDamaged(error, 'filters/x.bin');
      }),
    );
  });
});
