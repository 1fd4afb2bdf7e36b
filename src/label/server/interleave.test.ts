import fc from 'fast-check';
import { expect, test } from 'vitest';
import { random } from '../../evaluate/random.js';
import { interleave } from './interleave.js';

const list = fc.uniqueArray(fc.integer({ min: 0, max: 30 }));

test('every item comes once, and of each list the better one first', () => {
  fc.assert(
    fc.property(fc.array(list, { maxLength: 4 }), fc.integer(), (lists, seed) => {
      const all = interleave(lists, random(seed));
      expect([...all].sort()).toEqual([...new Set(lists.flat())].sort());
      for (const [at, items] of lists.entries()) {
        const others = new Set(lists.filter((_, other) => other !== at).flat());
        const own = items.filter((item) => !others.has(item));
        expect(all.filter((item) => own.includes(item))).toEqual(own);
      }
    }),
  );
});

test('no list is ahead: after each round each has given as much as the others', () => {
  const lists = ['a', 'b', 'c'].map((name) => Array.from({ length: 10 }, (_, at) => `${name}${at}`));
  const all = interleave(lists, random(7));
  for (let round = 0; round < 10; round++)
    expect(all.slice(round * 3, round * 3 + 3).sort()).toEqual([`a${round}`, `b${round}`, `c${round}`]);
  const leaders = new Set(Array.from({ length: 30 }, (_, seed) => interleave(lists, random(seed))[0]));
  expect([...leaders].sort()).toEqual(['a0', 'b0', 'c0']);
});
