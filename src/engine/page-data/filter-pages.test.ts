import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { has } from '../bitmap.js';
import { type FilterRule, filterRules } from '../filters.js';
import { filterPages } from './filter-pages.js';

/** What each page has by key. */
type Pages = Record<string, string[]>[];

const KEYS = ['kind', 'version', '__proto__'];
const VALUES = ['a', 'b', 'constructor'];
const own = fc
  .array(fc.tuple(fc.constantFrom(...KEYS), fc.subarray(VALUES)), { maxLength: 3 })
  .map((entries) => Object.fromEntries(entries));
const asked = fc.subarray([...VALUES, 'nobody has it']);
const rule = fc.record({ any: asked, all: asked, none: asked }, { requiredKeys: [] });
const filters = fc
  .array(fc.tuple(fc.constantFrom(...KEYS, 'unknown'), rule), { maxLength: 4 })
  .map((entries) => Object.fromEntries(entries));

function passing(pages: Pages, rules: ReadonlyMap<string, FilterRule>): number[] {
  const values = new Map(
    KEYS.map((key) => [
      key,
      new Map(
        VALUES.map((value) => [
          value,
          Uint32Array.from(
            pages.flatMap((page, number) =>
              (Object.hasOwn(page, key) ? page[key]! : []).includes(value) ? [number] : [],
            ),
          ),
        ]),
      ),
    ]),
  );
  const bitmap = filterPages(rules, values, pages.length);
  return pages.flatMap((_, number) => (has(bitmap, number) ? [number] : []));
}

describe('filterPages', () => {
  it('lets through the pages that a plain filter over a list does', () => {
    fc.assert(
      fc.property(fc.array(own, { maxLength: 20 }), filters, (pages, asked) => {
        const expected = pages.flatMap((page, number) => {
          const passes = Object.entries(asked).every(([key, { any = [], all = [], none = [] }]) => {
            const values = Object.hasOwn(page, key) ? page[key]! : [];
            return (
              (any.length === 0 || any.some((value) => values.includes(value))) &&
              all.every((value) => values.includes(value)) &&
              !none.some((value) => values.includes(value))
            );
          });
          return passes ? [number] : [];
        });
        expect(passing(pages, filterRules(asked))).toEqual(expected);
      }),
    );
  });

  it('takes a value and a list of values for any of them', () => {
    const pages = [{ kind: ['a'] }, { kind: ['b'] }, { kind: ['a', 'b'] }, {}];
    expect(passing(pages, filterRules({ kind: 'a' }))).toEqual([0, 2]);
    expect(passing(pages, filterRules({ kind: ['a', 'b'] }))).toEqual([0, 1, 2]);
    expect(passing(pages, filterRules({ kind: [] }))).toEqual([0, 1, 2, 3]);
  });
});
