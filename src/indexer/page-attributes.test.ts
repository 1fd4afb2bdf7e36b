import { parse } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { describe, expect, it } from 'vitest';
import { type PageAttributes, readAttributes } from './page-attributes.js';

const read = (html: string): PageAttributes => readAttributes(parse(html, { treeAdapter: adapter }));
const filters = (html: string): Record<string, string[]> =>
  Object.fromEntries([...read(html).filters].map(([key, values]) => [key, [...values]]));
const meta = (html: string): [string, string][] =>
  [...read(html).meta].map(([key, { value }]) => [key, value]);
const warnings = (html: string): string =>
  read(html)
    .warnings.map(({ what }) => what)
    .join('\n');

describe('readAttributes', () => {
  it('reads filters from text, attributes and what is written, wherever they stand', () => {
    expect(
      filters(`<html data-pagefind-filter="lib:npm"><head>
        <meta data-pagefind-filter="author[content]" content="Ada"></head>
        <body><nav><span data-second-look-filter="section">The  <b>CLI</b>
        </span></nav><p data-pagefind-filter="tag, section:API, all of it" hidden>one</p>
        <i data-pagefind-filter="tag">two</i><i data-pagefind-filter="tag">one</i>`),
    ).toEqual({ lib: ['npm'], author: ['Ada'], section: ['The CLI', 'API, all of it'], tag: ['one', 'two'] });
  });

  it('keeps what stands in ignored parts, but for what is ignored with all its metadata', () => {
    const value = '<i data-pagefind-filter="f">';
    expect(
      filters(`<div data-pagefind-ignore>${value}empty</i></div><div data-second-look-ignore="index">${value}index</i>
        </div><div data-pagefind-ignore="true">${value}true</i></div><div data-pagefind-ignore="all">${value}all</i></div>
        <div data-pagefind-ignore="yes" data-pagefind-filter="f:self">${value}yes</i></div>
        <template>${value}template</i></template>`),
    ).toEqual({ f: ['empty', 'index', 'true'] });
  });

  it('leaves out of a value what is ignored in it', () => {
    expect(filters('<p data-pagefind-filter="f">one <b data-pagefind-ignore>two</b></p>')).toEqual({
      f: ['one'],
    });
  });

  it('takes our attribute where an element has both', () => {
    expect(filters('<p data-pagefind-filter="f:theirs" data-second-look-filter="f:ours">x')).toEqual({
      f: ['ours'],
    });
  });

  it('takes the first value of metadata and sort keys, and passes over empty ones', () => {
    const html = `<p data-pagefind-meta="author[data-no]">x</p><p data-pagefind-meta="author">Ada</p>
      <p data-pagefind-meta="author:Bob" data-pagefind-sort="date:2024, date"></p><i data-pagefind-sort="date">2025</i>`;
    expect(meta(html)).toEqual([['author', 'Ada']]);
    expect([...read(html).sorts]).toEqual([['date', '2024, date']]);
  });

  it('drops addresses that do not lead to the web', () => {
    const html = `<img data-pagefind-meta="image[src]" src="data:image/png;base64,AAAA">
      <a data-pagefind-meta="more[href]" href=" javascript:alert(1)">x</a><img data-pagefind-meta="image[src]" src="a.png">`;
    expect(meta(html)).toEqual([['image', 'a.png']]);
  });

  it("reads DocSearch's meta as filters, a version as a list", () => {
    expect(
      filters(`<meta name="docsearch:language" content="en"><meta name="DocSearch:version" content="1.0, 2.0,">
        <meta name="docsearch:Tag" content="a, b"><meta name="docsearch:" content="x"><meta name="other" content="y">`),
    ).toEqual({ language: ['en'], version: ['1.0', '2.0'], Tag: ['a, b'] });
  });

  it.each([
    ['<p data-pagefind-ignore="maybe">x</p>', /ignore="maybe" counts as "all"/],
    ['<p data-pagefind-filter="[src]">x</p>', /filter="\[src\]" cannot be read/],
    ['<p data-pagefind-meta="">x</p>', /meta="" cannot be read/],
    ['<p data-pagefind-weight="11">x</p>', /weight="11" counts as 10/],
    ['<p data-pagefind-weight="heavy">x</p>', /weight="heavy" counts as 1/],
    ['<h2 data-pagefind-weight="2">x</h2>', /weight of an <h2> is passed over/],
    ['<p data-pagefind-title="X">x</p>', /title="X" of an <p> makes no section/],
    [`<p data-pagefind-filter="f">${'x'.repeat(2_000_000)}</p>`, /value of "f" has 2000000 characters/],
    [`<p data-pagefind-sort="${'k'.repeat(101)}:1">x</p>`, /key "k+…" has 101 characters/],
    [`<p data-pagefind-meta="m">${'x'.repeat(2000)}</p>`, /metadata "m" has 2000 characters/],
  ])('warns of %.40s', (html, warning) => {
    expect(warnings(html)).toMatch(warning);
  });

  it('holds out against a thousand keys, values and faults', () => {
    const many = (of: (at: number) => string): string =>
      Array.from({ length: 1000 }, (_, at) => of(at)).join('');
    const page = read(
      many((at) => `<p data-pagefind-filter="key${at}:x" data-pagefind-meta="key${at}:x">x</p>`) +
        many((at) => `<p data-pagefind-filter="key1:value${at}" data-pagefind-ignore="bad${at}">x</p>`) +
        many((at) => `<p data-pagefind-filter="key1:value${at}">x</p>`),
    );
    expect(page.filters.size).toBe(50);
    expect(page.meta.size).toBe(50);
    expect(page.filters.get('key1')!.size).toBe(200);
    expect(page.warnings.length).toBeLessThanOrEqual(20);
  });

  it('takes the names of what every object has for keys like any other', () => {
    expect([
      ...read('<p data-pagefind-filter="__proto__:x" data-pagefind-meta="constructor:y">z').filters,
    ]).toEqual([['__proto__', new Set(['x'])]]);
  });
});
