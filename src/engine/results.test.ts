import { describe, expect, it } from 'vitest';
import type { Candidate } from './candidate.js';
import type { Page, Passage } from './index-file/passage-file.js';
import { excerpt, type Excerpt, matcher } from './excerpt.js';
import { english } from './keyword/english.js';
import { groupByPage, type GroupOptions, type PageResult } from './results.js';

const publish: Page = { url: 'commands/publish.html', title: 'npm publish' };
const install: Page = { url: 'commands/install.html', title: 'npm install' };

/** Passages by id; two of a page are of one section when their anchors are the same. */
const PASSAGES = [
  passage(0, publish, 'description', 'Publishes a package'),
  passage(1, publish, 'description', 'More of the same'),
  passage(2, publish, 'files', 'Which files go in'),
  passage(3, install, '', 'Installs a package'),
  passage(4, install, 'configuration', 'Options'),
];

function passage(id: number, page: Page, anchor: string, text: string): Passage {
  return { id, page, section: { anchor, trail: anchor ? [anchor.toUpperCase()] : [] }, text };
}

function candidate(passage: number, more: Partial<Candidate> = {}): Candidate {
  return { passage, score: 1 - passage / 10, firstStage: 0.5, exact: false, ...more };
}

const matches = matcher(english.analyseQuery('package '), english);

function group(
  candidates: readonly (number | Candidate)[],
  options: Partial<GroupOptions> = {},
): PageResult[] {
  return groupByPage(
    candidates.map((entry) => (typeof entry === 'number' ? candidate(entry) : entry)),
    new Map(PASSAGES.map((entry) => [entry.id, entry])),
    {
      limit: 10,
      sectionsPerPage: 3,
      excerptOf: ({ text }) => excerpt(text, matches, 100),
      resolve: (url) => `https://docs.test/${url}`,
      ...options,
    },
  );
}
const whole = ({ text }: Passage): Excerpt => ({ text, ranges: [] });
const urls = (pages: PageResult[]): string[][] =>
  pages.map(({ url, sections }) => [url, ...sections.map((section) => section.url)]);

describe('groupByPage', () => {
  it('lists pages and their sections in the order of their best passages', () => {
    const [first, second] = group([4, 2, 3, 0]);
    expect(urls([first!, second!])).toEqual([
      [
        'https://docs.test/commands/install.html',
        'https://docs.test/commands/install.html#configuration',
        'https://docs.test/commands/install.html',
      ],
      [
        'https://docs.test/commands/publish.html',
        'https://docs.test/commands/publish.html#files',
        'https://docs.test/commands/publish.html#description',
      ],
    ]);
    expect(first).toMatchObject({ title: 'npm install', score: candidate(4).score });
  });

  it('shows a section once, by its best passage', () => {
    const [page] = group([1, 0]);
    expect(page?.sections.map(({ excerpt, score }) => [excerpt.text, score])).toEqual([
      ['More of the same', 0.9],
    ]);
  });

  it('gives no more pages than asked for, and goes on filling those with their sections', () => {
    expect(
      urls(group([0, 3, 2, 4], { limit: 1 })).map(([page, ...sections]) => [page, sections.length]),
    ).toEqual([['https://docs.test/commands/publish.html', 2]]);
  });

  it('gives no more sections of a page than asked for, the best ones', () => {
    const pages = group([2, 0, 4, 3], { sectionsPerPage: 1 });
    expect(pages.map(({ sections }) => sections.map(({ trail }) => trail))).toEqual([
      [['FILES']],
      [['CONFIGURATION']],
    ]);
  });

  it('encodes anchors, so that the link leads to the heading', () => {
    const odd = passage(9, publish, 'a b#c"ü', 'text');
    const pages = groupByPage([candidate(9)], new Map([[9, odd]]), {
      ...{ limit: 1, sectionsPerPage: 1, excerptOf: whole },
      resolve: (url) => `https://docs.test/${url}`,
    });
    const { hash } = new URL(pages[0]!.sections[0]!.url);
    expect(hash).toBe('#a%20b%23c%22%C3%BC');
    expect(decodeURIComponent(hash.slice(1))).toBe('a b#c"ü');
  });

  it('leaves out pages whose URL does not resolve, and passages that could not be read', () => {
    const resolve = (url: string): string | undefined => (url === publish.url ? undefined : url);
    expect(group([0, 3, 77, 4], { resolve }).map(({ title }) => title)).toEqual(['npm install']);
  });

  it('lists the home page, whose URL relative to the site is empty', () => {
    const home = { ...PASSAGES[0]!, page: { url: '', title: 'Home' } };
    const pages = groupByPage([candidate(0)], new Map([[0, home]]), {
      ...{ limit: 1, sectionsPerPage: 1, excerptOf: whole },
      resolve: (url) => url,
    });
    expect(pages.map(({ title }) => title)).toEqual(['Home']);
  });

  it('gives what a page says of itself, with addresses that lead to the web', () => {
    const page: Page = {
      ...install,
      meta: [
        ['__proto__', 'text'],
        ['author', 'Ada'],
      ],
      links: [
        ['image', '../img/a b.png'],
        ['elsewhere', 'https://cdn.test/x.png'],
        ['script', 'javascript:alert(1)'],
        ['data', 'data:text/html,x'],
        ['broken', 'https://['],
      ],
    };
    const pages = groupByPage([candidate(0)], new Map([[0, { ...PASSAGES[0]!, page }]]), {
      ...{ limit: 1, sectionsPerPage: 1, excerptOf: whole },
      resolve: (url) => `https://docs.test/${url}`,
    });
    expect(Object.entries(pages[0]!.meta)).toEqual([
      ['title', 'npm install'],
      ['__proto__', 'text'],
      ['author', 'Ada'],
      ['image', 'https://docs.test/img/a%20b.png'],
      ['elsewhere', 'https://cdn.test/x.png'],
    ]);
  });

  it('says what each stage made of a section', () => {
    const keyword = { rank: 2, score: 7.5 };
    const [page] = group([candidate(0, { keyword, rerank: 0, exact: true }), candidate(2)]);
    expect(page?.sections.map(({ why }) => why)).toEqual([
      { keyword, rerank: 0, exact: true },
      { exact: false },
    ]);
  });

  it('marks the words of the query in the excerpt', () => {
    const [page] = group([0]);
    expect(page?.sections[0]?.excerpt).toEqual({ text: 'Publishes a package', ranges: [[12, 19]] });
  });
});
