import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectDamaged, overwritten, thrownBy, truncations } from '../../testing/damage.js';
import { readSortFile, writeSortFile } from './sort-file.js';

const NAME = 'sorts/x.bin';

describe('the sort file', () => {
  it('reads back what was written', () => {
    const ranks = fc
      .nat(200)
      .chain((pages) => fc.array(fc.nat(pages), { minLength: pages, maxLength: pages }));
    fc.assert(
      fc.property(ranks, (written) => {
        expect([...readSortFile(writeSortFile(written), NAME, written.length)]).toEqual(written);
      }),
    );
  });

  it('is refused by name where it is cut off, goes on, is of another index, or has a rank too high', () => {
    const small = writeSortFile([3, 0, 1, 2]);
    for (const bytes of [...truncations(small), Uint8Array.of(...small, 0), writeSortFile([9, 0, 0, 0])])
      expectDamaged(
        thrownBy(() => readSortFile(bytes, NAME, 4)),
        NAME,
      );
    expectDamaged(
      thrownBy(() => readSortFile(small, NAME, 5)),
      NAME,
    );
  });

  it('is read or refused by name, whatever bytes are written over it', () => {
    const small = writeSortFile([3, 0, 1, 2]);
    fc.assert(
      fc.property(fc.nat(small.length - 1), fc.uint8Array({ minLength: 1, maxLength: 6 }), (at, bytes) => {
        const error = thrownBy(() => readSortFile(overwritten(small, at, bytes), NAME, 4));
        if (error !== undefined) expectDamaged(error, NAME);
      }),
    );
  });
});
