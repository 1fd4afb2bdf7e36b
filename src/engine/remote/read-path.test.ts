import { describe, expect, it } from 'vitest';
import { at, textAt, textsAt } from './read-path.js';

const HIT = {
  _source: { title: ' Install ', slug: 'a b/c', anchor: 'x#y', n: 3, none: null, list: ['one', 2, 'three'] },
  'hierarchy.lvl1': 'Flat',
  hierarchy: { lvl1: 'Nested', lvl2: 'Deep' },
  results: [{ hits: [1] }],
};

describe('a path in an answer', () => {
  it('steps through objects and lists, and through keys that have dots themselves', () => {
    expect(at(HIT, 'results.0.hits')).toEqual([1]);
    expect(at(HIT, 'hierarchy.lvl1')).toBe('Flat');
    expect(at(HIT, 'hierarchy.lvl2')).toBe('Deep');
    expect(at([1], '')).toEqual([1]);
  });

  it.each([
    'nowhere',
    '_source.title.length',
    '__proto__.x',
    'constructor.name',
    '_source.toString',
    'results.1.hits',
  ])('finds nothing at %s', (path) => {
    expect(at(HIT, path)).toBeUndefined();
  });

  it('gives the first text that there is, and joins fragments', () => {
    expect(textAt(HIT, ['_source.none', '_source.title'])).toBe('Install');
    expect(textAt(HIT, '_source.n')).toBe('3');
    expect(textAt(HIT, '_source.list')).toBe('one … three');
    expect(textAt(HIT, ['_source.none', '_source'])).toBeUndefined();
    expect(textsAt(HIT, '_source.list')).toEqual(['one', '2', 'three']);
  });

  it('fills templates for addresses, encoded but for slashes, and gives none where a part is missing', () => {
    expect(textAt(HIT, '/docs/{_source.slug}#{_source.anchor}')).toBe('/docs/a%20b/c#x%23y');
    expect(textAt({ u: 'https://a.test/?x=1', a: 'b' }, '{u}#{a}')).toBe('https://a.test/?x=1#b');
    expect(textAt(HIT, ['/docs/{_source.none}', '/docs/{_source.n}'])).toBe('/docs/3');
    expect(textAt({ half: '\ud800' }, '/x/{half}')).toBe('/x/');
  });
});
