import { describe, expect, it } from 'vitest';
import type { PageContent } from '../parse-page.js';
import { parseMarkdown } from './parse-markdown.js';

const parse = (text: string, file = 'guide/install.md'): ReturnType<typeof parseMarkdown> =>
  parseMarkdown(text, file, { urls: 'html' });
const read = (text: string): PageContent => parse(text).page as PageContent;

describe('parseMarkdown', () => {
  it('cuts at headings, by the ids that GitHub gives them or that are written behind', () => {
    const page = read(
      '# Install `it`\n\nFirst words.\n\n## On *Linux* & co\n\nSecond.\n\n## On Linux & co\n\nThird.\n\n## macOS {#mac}\n\nFourth.',
    );
    expect(page.title).toBe('Install it');
    expect(page.sections).toEqual([
      { anchor: '', trail: [], blocks: [{ text: 'First words.' }] },
      { anchor: 'on-linux--co', trail: ['On Linux & co'], blocks: [{ text: 'Second.' }] },
      { anchor: 'on-linux--co-1', trail: ['On Linux & co'], blocks: [{ text: 'Third.' }] },
      { anchor: 'mac', trail: ['macOS'], blocks: [{ text: 'Fourth.' }] },
    ]);
  });

  it('keeps code as it is, and reads tables and HTML', () => {
    const page = read(
      '```sh\nnpm  ci <x>\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<details><p>More</p></details>',
    );
    expect(page.sections[0]?.blocks.map(({ text }) => text)).toEqual(['npm  ci <x>', 'a b', '1 2', 'More']);
  });

  it('takes from the front matter what says something of the page', () => {
    const page = read(
      '---\ntitle: Set up\nlang: de\ndate: 2026-11-24\ntags: [ci, npm]\ndescription: How to\n' +
        'filters: { status: stable }\nlayout: doc\n---\n# Heading\n\nText',
    );
    expect(page).toMatchObject({ title: 'Set up', language: 'de' });
    expect(page.filters).toEqual(
      new Map([
        ['tags', new Set(['ci', 'npm'])],
        ['status', new Set(['stable'])],
      ]),
    );
    expect(page.sorts).toEqual(new Map([['date', '2026-11-24']]));
    expect(page.meta.get('description')).toEqual({ value: 'How to', url: false });
    expect(page.sections.flatMap(({ blocks }) => blocks)).toEqual([{ text: 'Text' }]);
  });

  it('calls a page by its file where nothing names it', () => {
    expect(read('Only text')).toMatchObject({ title: 'install' });
  });

  it.each([
    ['html', 'guide/a%20b.html', 'guide/', ''],
    ['folder', 'guide/a%20b/', 'guide/', ''],
    ['plain', 'guide/a%20b', 'guide/', ''],
    ['md', 'guide/a%20b.md', 'guide/index.md', 'README.md'],
  ] as const)('gives addresses as the site publishes them: %s', (urls, page, index, readme) => {
    const url = (file: string): string => parseMarkdown('Text', file, { urls }).url;
    expect([url('guide/a b.md'), url('guide/index.md'), url('README.md')]).toEqual([page, index, readme]);
  });

  it('believes a permalink, but none with placeholders', () => {
    expect(parse('---\npermalink: /docs/set up/\n---\nText').url).toBe('docs/set%20up/');
    expect(parse('---\npermalink: /:year/:title\n---\nText').url).toBe('guide/install.html');
  });

  it.each([
    ['---\ndraft: true\n---\nText', /draft/],
    ['---\npublished: false\n---\nText', /draft/],
    ['---\ndraft: yes\n---\nText', /draft/],
    ['---\npublished: "no"\n---\nText', /draft/],
    ['---\nsearch: off\n---\nText', /leaves it out/],
    ['---\nsearch: { exclude: true }\n---\nText', /leaves it out/],
    ['---\ntitle: "open\n---\nText', /front matter cannot be read: .*quote/],
    ['---\n- a\n- b\n---\nText', /expected keys and values/],
    ['+++\ntitle = "x"\n+++\nText', /TOML/],
    ['---\ntitle: Nothing\n---\n', /no text/],
  ])('leaves out %j and says why', (text, reason) => {
    expect(parse(text).page).toEqual({ skipped: expect.stringMatching(reason) as string });
  });

  it.each([
    ['image: { path: a.png, alt: A }', { image: 'a.png' }, {}],
    ['image: { url: b.png }', { image: 'b.png' }, {}],
    ['categories: [[cli, npm], news]', {}, { categories: ['cli', 'npm', 'news'] }],
    ['published: 2024-01-01', {}, {}],
    ['tags: ""\ntitle: ""', {}, {}],
  ])('reads what generators write: %s', (yaml, meta, filters) => {
    const page = read(`---\n${yaml}\n---\n# Install\n\nText`);
    expect(page.title).toBe('Install');
    expect(page.warnings).toEqual([]);
    expect(Object.fromEntries([...page.meta].map(([key, { value }]) => [key, value]))).toEqual(meta);
    expect(Object.fromEntries([...page.filters].map(([key, values]) => [key, [...values]]))).toEqual(filters);
  });

  it.each([
    ['filters: { a: { b: c } }', /filters\.a: /],
    ['meta: [{ name: description, content: A }]', /meta: expected an object/],
    [`description: ${'long '.repeat(300)}`, /description: expected at most 1000/],
  ])('passes over %s, and says so', (yaml, what) => {
    const page = read(`---\ntitle: Install\n${yaml}\n---\nText`);
    expect(page).toMatchObject({ title: 'Install', sections: [{ blocks: [{ text: 'Text' }] }] });
    expect(page.warnings).toMatchObject([{ what: expect.stringMatching(what) as string }]);
  });

  it('takes a rule at the top for no front matter', () => {
    expect(read('---\n\nText').sections[0]?.blocks).toEqual([{ text: 'Text' }]);
  });
});
