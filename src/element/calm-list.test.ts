import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageResult } from '../protocol.js';
import { CalmList, pagesTo, settle } from './calm-list.js';

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

  it('gives frozen rows the latest scores, and leaves their text and order', () => {
    const latest = [page('b', 0.9), page('a', 0.9)];
    latest[1]!.sections.reverse();
    latest[1]!.sections[0]!.excerpt = { text: 'other', ranges: [] };
    const [first] = settle([page('a', 0.1), page('b', 0.1)], latest, 1);
    expect(first).toEqual(page('a', 0.9));
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

describe('pagesTo', () => {
  const shown = pages('abc');

  it('holds the page of the active row and those above it', () => {
    expect(pagesTo(shown, 'a')).toBe(1);
    expect(pagesTo(shown, 'b#a')).toBe(2);
    expect(pagesTo(shown, 'c')).toBe(3);
  });

  it('holds nothing before the visitor has moved, or when the row is gone', () => {
    expect(pagesTo(shown, undefined)).toBe(0);
    expect(pagesTo(shown, 'gone')).toBe(0);
  });
});

describe('CalmList', () => {
  const nobody = { active: undefined, inView: 2 };
  const started = (first: string): CalmList => {
    const list = new CalmList();
    list.begin();
    list.take(pages(first), false, nobody);
    return list;
  };
  const state = ({ shown, waiting }: CalmList): [string, string | undefined] => [
    urls(shown),
    waiting && urls(waiting),
  ];

  it('shows the first rows of a query at once, also where an earlier update had none', () => {
    const list = started('');
    list.take(pages('abc'), false, nobody);
    expect(state(list)).toEqual(['abc', undefined]);
  });

  it('leaves rows in view where they are until the order is final, and moves those out of view', () => {
    const list = started('abcd');
    list.take(pages('dcba'), false, nobody);
    expect(state(list)).toEqual(['abdc', undefined]);
    list.take(pages('dcba'), true, nobody);
    expect(state(list)).toEqual(['dcba', undefined]);
    expect(list.hasMoved).toBe(true);
  });

  it('moves rows in view once; a later better order waits until it is asked for', () => {
    const list = started('abcd');
    list.take(pages('bacd'), true, nobody);
    list.take(pages('cbad'), true, nobody);
    expect(state(list)).toEqual(['bacd', 'cbad']);
    list.reveal();
    expect(state(list)).toEqual(['cbad', undefined]);
  });

  it('does not count an order as a move that changes nothing in view', () => {
    const list = started('abcd');
    list.take(pages('abdc'), true, nobody);
    list.take(pages('badc'), true, nobody);
    expect(state(list)).toEqual(['badc', undefined]);
  });

  it('never moves what the visitor holds', () => {
    const list = started('abcd');
    list.take(pages('dcba'), true, { active: 'b#a', inView: 2 });
    expect(state(list)).toEqual(['abdc', 'dcba']);
  });

  it('never moves what the visitor has scrolled to', () => {
    const list = started('abcd');
    list.take(pages('dcba'), true, { active: undefined, inView: 3, hasScrolled: true });
    expect(state(list)).toEqual(['abcd', 'dcba']);
  });

  it('keeps the rows shown when more are asked for', () => {
    const list = started('ab');
    list.extend();
    list.take(pages('cdba'), false, { active: undefined, inView: 0 });
    list.take(pages('cdba'), true, { active: undefined, inView: 0 });
    expect(urls(list.shown)).toBe('abcd');
  });

  it('begins anew with another query', () => {
    const list = started('abcd');
    list.take(pages('bacd'), true, nobody);
    list.begin();
    expect(urls(list.shown)).toBe('bacd');
    list.take(pages('xyz'), false, { active: undefined, inView: 4 });
    expect(state(list)).toEqual(['xyz', undefined]);
    list.clear();
    expect(state(list)).toEqual(['', undefined]);
  });

  it('in view, whatever comes, changes at most once after the first rows', () => {
    const names = fc.uniqueArray(fc.constantFrom(...Array.from('abcdef'))).map((list) => list.join(''));
    fc.assert(
      fc.property(
        names.filter((first) => first !== ''),
        fc.array(fc.tuple(names, fc.boolean())),
        fc.nat(6),
        (first, updates, inView) => {
          const list = started(first);
          const seen = new Set([urls(list.shown.slice(0, inView))]);
          for (const [order, isFinal] of updates) {
            list.take(pages(order), isFinal, { active: undefined, inView });
            seen.add(urls(list.shown.slice(0, inView)));
          }
          // Views that grow by rows at their end are the same view.
          const views = [...seen].filter(
            (view) => ![...seen].some((other) => other !== view && other.startsWith(view)),
          );
          expect(views.length).toBeLessThanOrEqual(2);
        },
      ),
    );
  });
});
