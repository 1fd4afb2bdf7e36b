import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { english } from './english.js';

const { analyseQuery, tokens } = english;

const terms = (text: string): string[] => [...tokens(text)].map(({ term }) => term);
const marked = (text: string): string[] => [...tokens(text)].map(({ start, end }) => text.slice(start, end));
/** Any UTF-16, halves of surrogate pairs included, and text that is nearly words. */
const anyText = fc.oneof(
  fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...Array.from("aBÉßž9½_-.'’@/+# \n日がǅ\u0301")) }),
);

describe('tokens', () => {
  it.each([
    [['publish', 'publishes', 'publishing', 'published', 'Publish']],
    [['package', 'packages', 'PACKAGES']],
    [['café', 'cafe', 'Cafe\u0301']],
    [["npm's", 'npm’s', 'npm']],
  ])('gives the same term to %j', (words) => {
    expect(new Set(words.flatMap(terms)).size).toBe(1);
  });

  it('leaves out the words that questions are asked with, and keeps those that change what is asked', () => {
    expect(terms('How do I install it with the npm')).toEqual(terms('install npm'));
    expect(terms('not without before after')).toHaveLength(4);
  });

  it.each([
    ['saveDev', ['savedev', 'save', 'dev']],
    ['HTMLElement', ['htmlelement', 'html', 'element']],
    ['save_dev', ['savedev', 'save', 'dev']],
    ['--save-dev', ['savedev', 'save', 'dev']],
    ['@scope/name', ['scope/name', 'scope', 'name']],
    ['package.json', ['packagejson', ...terms('package'), 'json']],
    ['lib/package.json', ['lib/packagejson', 'lib', 'packagejson', ...terms('package'), 'json']],
    ['C/C++', ['c/c++', 'c', 'c++', 'c']],
    ['std::vector', ['std::vector', 'std', 'vector']],
    ['11.21.2', ['11.21.2', '11', '21', '2']],
    ['C++', ['c++', 'c']],
    ['C#', ['c#', 'c']],
  ])('reads %s whole and in parts', (text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  it('takes the marks of prose around an identifier for no part of it', () => {
    const wholes = [...tokens('Run `--save-dev`, then (see "package.json").')].filter(({ whole }) => whole);
    expect(wholes.map(({ start, end, term }) => [term, end - start])).toEqual([
      ['savedev', 'save-dev'.length],
      ['packagejson', 'package.json'.length],
    ]);
  });

  it('says where in the text each word stands', () => {
    expect(marked('Le café: saveDev, @scope/name!').join(' ')).toBe(
      'Le café saveDev save Dev scope/name scope name',
    );
  });

  it('leaves out words of absurd length, such as base64', () => {
    expect(terms(`before ${'x'.repeat(100_000)} ${'aB9-'.repeat(50_000)} end`)).not.toContainEqual(
      expect.stringMatching(/.{41}/),
    );
  });

  it('gives non-empty terms at offsets inside the text and in order, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0;
        for (const { term, start, end } of tokens(text)) {
          expect(term).not.toBe('');
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = start;
        }
      }),
    );
  });

  it('finds every word of a text by that word alone', () => {
    const word = fc.string({
      unit: fc.constantFrom(...Array.from('abcdeéüxyz')),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(terms(words.join(', '))).toEqual(words.flatMap(terms));
      }),
    );
  });
});

describe('analyseQuery', () => {
  it('takes the last word for unfinished until something follows it', () => {
    expect(analyseQuery('npm publ')).toEqual({
      terms: ['npm'],
      unfinished: { typed: 'publ', term: 'publ' },
      words: ['npm', 'publ'],
    });
    for (const finished of ['npm publish ', 'npm publish?', 'npm publish\n'])
      expect(analyseQuery(finished)).toEqual({ terms: ['npm', 'publish'], words: ['npm', 'publish'] });
  });

  it.each(["npm's", 'npm’s', "can't"])('takes %s for one word, apostrophe and all', (word) => {
    const { terms, unfinished } = analyseQuery(word);
    expect([terms, unfinished?.typed]).toEqual([[], expect.not.stringMatching(/^[st]$/)]);
  });

  it('takes for unfinished what follows a script without spaces', () => {
    expect(analyseQuery('安装depend')).toMatchObject({ terms: ['安装'], unfinished: { typed: 'depend' } });
    expect(analyseQuery('npm安装').unfinished).toBeUndefined();
  });

  it('folds the unfinished word but does not stem it, for more letters may come', () => {
    expect(analyseQuery('Cafés').unfinished).toEqual({ typed: 'cafes', term: 'cafe' });
  });

  it('looks for a compound whole while its last part is unfinished', () => {
    const { terms, unfinished } = analyseQuery('package.json');
    expect(terms).toContain('packagejson');
    expect(unfinished?.typed).toBe('json');
  });

  it('takes C++ for finished, as a mark ends it', () => {
    const query = analyseQuery('C++');
    expect(query.terms).toContain('c++');
    expect(query.unfinished).toBeUndefined();
  });

  it('looks for a repeated word once, and keeps its repetition for exact titles', () => {
    expect(analyseQuery('npm npm tag ')).toEqual({ terms: ['npm', 'tag'], words: ['npm', 'npm', 'tag'] });
  });

  it.each(['', '   ', '?!', 'how do I ', '😀'])('finds nothing to look for in %j', (text) => {
    expect(analyseQuery(text)).toEqual({ terms: [], words: [] });
  });

  it('reads any text, and holds nothing for unfinished that a space ends', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        analyseQuery(text);
        expect(analyseQuery(`${text} `).unfinished).toBeUndefined();
      }),
    );
  });
});
