import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { textContent } from 'domutils';
import { describe, expect, it } from 'vitest';
import type { DocsPage } from './docs-pages.js';
import { parsePage, selectAll, selectOne } from './html.js';
import { fillHome, fillPage } from './layout.js';

const indexHtml = await readFile(fileURLToPath(new URL('../../index.html', import.meta.url)), 'utf8');

const folders = docsPage('configuring-npm/folders.html', 'Folders');
const sameAsFolders = {
  ...docsPage('configuring-npm/npm-global.html', 'Folders'),
  canonicalUrl: folders.url,
};
const unpublish = docsPage('commands/npm-unpublish.html', 'npm-unpublish');
const scope = docsPage('using-npm/scope.html', '<b> & "scope"');
const home = fillHome(indexHtml, [folders, sameAsFolders, unpublish, scope]);

describe('fillHome', () => {
  it.each(['.navigation', '.overview'])('lists every page once in %s, in its group', (list) => {
    const links = selectAll(`${list} a`, parsePage(home));
    expect(links.map(({ attribs }) => attribs.href)).toEqual([unpublish.url, folders.url, scope.url]);
    expect(links.map((link) => textContent(link))).toEqual(['unpublish', 'Folders', '<b> & "scope"']);
  });

  it('marks no page as the current one', () => {
    expect(selectAll('[aria-current]', parsePage(home))).toEqual([]);
  });
});

describe('fillPage', () => {
  it('puts the page in the place of the home page', () => {
    const html = parsePage(fillPage(home, unpublish));
    expect(textContent(selectOne('title', html))).toBe('npm-unpublish · npm docs');
    expect(selectOne('meta[name="description"]', html).attribs.content).toBe('About npm-unpublish');
    expect(selectAll('h1', html).map((h1) => [h1.attribs.id, textContent(h1)])).toEqual([
      ['title', 'npm-unpublish'],
    ]);
    expect(textContent(selectOne('main .prose', html)).trim()).toBe('What it says.');
    expect(selectAll('.hero', html)).toEqual([]);
  });

  it('escapes what is text', () => {
    const html = parsePage(fillPage(home, scope));
    expect(textContent(selectOne('title', html))).toBe('<b> & "scope" · npm docs');
    expect(textContent(selectOne('h1', html))).toBe('<b> & "scope"');
    expect(selectAll('b', html)).toEqual([]);
  });

  it('marks the page in the sidebar', () => {
    expect(current(unpublish)).toEqual([unpublish.url]);
  });

  it('names the page that one repeats as the one to go by', () => {
    expect(current(sameAsFolders)).toEqual([folders.url]);
    const html = parsePage(fillPage(home, sameAsFolders));
    expect(selectOne('link[rel="canonical"]', html).attribs.href).toBe(folders.url);
  });
});

function docsPage(path: string, title: string): DocsPage {
  return {
    path,
    url: `/docs/${path}`,
    canonicalUrl: `/docs/${path}`,
    title,
    titleId: 'title',
    description: `About ${title}`,
    contentHtml: '<p>What it says.</p>',
    tocHtml: '',
  };
}

function current(page: DocsPage): (string | undefined)[] {
  const links = selectAll('[aria-current="page"]', parsePage(fillPage(home, page)));
  return links.map(({ attribs }) => attribs.href);
}
