import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageResult } from '../protocol.js';
import { frozenPages, settle } from './settle.js';

const page = (url: string, score = 0.5): PageResult => ({
  ...{ url, title: url, meta: {}, score },
  sections: ['', '#a'].map((anchor) => ({
    ...{ url: url + anchor, trail: [], excerpt: { text: '', ranges: [] }, score },
    why: { exact: false },
  })),
});
const urls = (pages: readonly PageResult[]): string => pages.map(({ url }) => url).join('');
const pages = (names: string): PageResult[] => Array.from(names, (name) => page(name));

describe('settle', () => {
  it.each([
    ['abc', 'cba', 0, 'cba'],
    ['abc', 'cba', 1, 'acb'],
    ['abc', 'cba', 2, 'abc'],
    ['abc', 'xyz', 1, 'axy'],
    ['abc', 'x', 2, 'ab'],
    ['abc', '', 2, 'ab'],
    ['', 'xyz', 0, 'xyz'],
    ['abc', 'bxacy', 2, 'abxcy'],
  ])('makes of %s shown and %s better, with %i frozen, %s', (shown, better, frozen, expected) => {
    expect(urls(settle(pages(shown), pages(better), frozen))).toBe(expected);
  });

  it('keeps frozen pages exactly as they are shown', () => {
    const shown = [page('a', 0.1), page('b', 0.1)];
    const settled = settle(shown, [page('b', 0.9), page('a', 0.9)], 1);
    expect(settled[0]).toBe(shown[0]);
    expect(settled[1]?.score).toBe(0.9);
  });

  it('never shows a page twice, moves a frozen one, or changes the order of the others', () => {
    const names = fc.uniqueArray(fc.constantFrom(...Array.from('abcdefghij'))).map((list) => list.join(''));
    fc.assert(
      fc.property(names, names, fc.nat(10), (shown, better, frozen) => {
        const settled = urls(settle(pages(shown), pages(better), frozen));
        expect(new Set(settled).size).toBe(settled.length);
        const kept = shown.slice(0, frozen);
        expect(settled.startsWith(kept)).toBe(true);
        const others = Array.from(better).filter((name) => !kept.includes(name));
        expect(others.join('').startsWith(settled.slice(kept.length))).toBe(true);
        expect(settled.length).toBe(
          Math.max(kept.length, Math.min(better.length, kept.length + others.length)),
        );
      }),
    );
  });
});

describe('frozenPages', () => {
  const shown = pages('abc');

  it('freezes the page of the active row and those above it', () => {
    expect(frozenPages(shown, 'a')).toBe(1);
    expect(frozenPages(shown, 'b#a')).toBe(2);
    expect(frozenPages(shown, 'c')).toBe(3);
  });

  it('freezes nothing before the visitor has moved, or when the row is gone', () => {
    expect(frozenPages(shown, undefined)).toBe(0);
    expect(frozenPages(shown, 'gone')).toBe(0);
  });
});
