import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Passage } from '../engine/index-file/passage-file.js';
import { cutPassageFiles } from './cut-passage-files.js';

const LENGTH = 1000;

/** Pages of passages, each of so many characters. */
function passagesOf(pages: readonly (readonly number[])[]): Passage[] {
  const section = { anchor: '', trail: [] };
  return pages
    .map((lengths, at) => ({ page: { url: `page${at}`, title: '' }, lengths }))
    .flatMap(({ page, lengths }) => lengths.map((length) => ({ page, section, text: 'x'.repeat(length) })))
    .map((passage, id) => ({ id, ...passage }));
}

const cut = (...pages: number[][]): number[][] =>
  cutPassageFiles(passagesOf(pages), LENGTH).map((file) => file.map(({ text }) => text.length));

describe('cutPassageFiles', () => {
  it('has every passage once, in order, in no file that is much too long', () => {
    const pages = fc.array(fc.array(fc.nat(500), { minLength: 1, maxLength: 30 }), { maxLength: 20 });
    fc.assert(
      fc.property(pages, (lengths) => {
        const passages = passagesOf(lengths);
        const files = cutPassageFiles(passages, LENGTH);
        expect(files.flat()).toEqual(passages);
        for (const file of files) {
          expect(file.length).toBeGreaterThan(0);
          expect(file.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(2 * LENGTH + 500);
        }
      }),
    );
  });

  it('puts small pages together and keeps them whole', () => {
    expect(cut([300], [300, 300], [200, 300], [500, 500])).toEqual([
      [300, 300, 300],
      [200, 300],
      [500, 500],
    ]);
  });

  it('cuts a large page evenly', () => {
    expect(cut([400, 400, 400, 400, 400, 400])).toEqual([
      [400, 400, 400],
      [400, 400, 400],
    ]);
  });
});
