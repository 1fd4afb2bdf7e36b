import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDocsPages, type DocsPage } from './docs-pages.js';
import { parsePage, selectAll } from './html.js';
import { readPageContent } from './page-content.js';

const source = fileURLToPath(new URL('../../node_modules/npm/docs/output', import.meta.url));

describe('the real pages of the npm docs', () => {
  let pages: DocsPage[];
  const page = (path: string): DocsPage => pages.find((candidate) => candidate.path === path)!;

  beforeAll(async () => {
    pages = await readDocsPages(source);
  });

  it('are all read, each with a title, a description and content', () => {
    expect(pages).toHaveLength(93);
    for (const { path, title, description, contentHtml } of pages) {
      expect(title, path).toMatch(/^[\w .-]+$/);
      expect(description, path).not.toBe('');
      expect(contentHtml.length, path).toBeGreaterThan(200);
    }
    expect(page('commands/npm-unpublish.html')).toMatchObject({
      title: 'npm-unpublish',
      titleId: '----npm-unpublish----11212',
      description: 'Remove a package from the registry',
    });
  });

  it('hold no script and no style, which the content security policy would refuse', () => {
    for (const { path, contentHtml } of pages)
      expect(find('script, style, [style], [onclick]', contentHtml), path).toEqual([]);
  });

  it('have an outline without gaps below the h1', () => {
    for (const { path, contentHtml } of pages) {
      let level = 1;
      for (const { name } of find('h1, h2, h3, h4, h5, h6', contentHtml)) {
        const next = Number(name.slice(1));
        expect(next, path).toBeGreaterThanOrEqual(2);
        expect(next, path).toBeLessThanOrEqual(level + 1);
        level = next;
      }
    }
  });

  it('list every section once, in order, by the id npm gave it', () => {
    for (const { path, contentHtml, tocHtml } of pages) {
      const headings = find('h2, h3, h4', contentHtml).map(({ attribs }) => `#${attribs.id}`);
      expect(hrefs(tocHtml), path).toEqual(headings);
      expect(find('ul > ul, a a', tocHtml), path).toEqual([]);
    }
    expect(hrefs(page('commands/npm-unpublish.html').tocHtml)).toEqual([
      '#synopsis',
      '#warning',
      '#description',
      '#configuration',
      '#dry-run',
      '#force',
      '#workspace',
      '#workspaces',
      '#see-also',
    ]);
  });

  it('link to each other, and to sections that are there', () => {
    const ids = new Map(pages.map(({ path, contentHtml }) => [path, idsIn(contentHtml)]));
    for (const { path, contentHtml } of pages)
      for (const href of hrefs(contentHtml)) {
        if (/^(https?|mailto):/.test(href)) continue;
        const [file = '', id] = href.split('#');
        const target = file ? posix.join(posix.dirname(path), file) : path;
        expect([...ids.keys()], `${href} in ${path}`).toContain(target);
        if (id) expect([...(ids.get(target) ?? [])], `${href} in ${path}`).toContain(id);
      }
  });

  it('let a keyboard scroll whatever scrolls', () => {
    for (const { path, contentHtml } of pages) {
      expect(find('pre:not([tabindex="0"])', contentHtml), path).toEqual([]);
      expect(find('table', contentHtml), path).toHaveLength(
        find('.table[tabindex="0"] > table', contentHtml).length,
      );
    }
  });
});

describe('readPageContent', () => {
  it.each([
    ['../using-npm/config#tag.html', '../using-npm/config.html#tag'],
    ['../using-npm/config.html#tag', '../using-npm/config.html#tag'],
    ['../commands/npm-ci.html', '../commands/npm-ci.html'],
    ['npm-outdated', 'npm-outdated.html'],
    ['../about-access-tokens#legacy.html', 'https://docs.npmjs.com/about-access-tokens#legacy'],
    ['#synopsis', '#synopsis'],
    ['https://example.com/a#b.html', 'https://example.com/a#b.html'],
  ])('makes the link %s work', (href, repaired) => {
    expect(hrefs(readPageContent(npmPage(`<a href="${href}">link</a>`)).contentHtml)).toEqual([repaired]);
  });

  it('keeps text that looks like HTML as text', () => {
    const { contentHtml, tocHtml } = readPageContent(
      npmPage('<h3 id="a&quot;b"><code>&lt;b&gt;</code> &amp;amp;</h3>'),
    );
    expect(contentHtml).toBe('<h2 id="a&quot;b"><code class="unbroken">&lt;b&gt;</code> &amp;amp;</h2>');
    expect(tocHtml).toBe('<ul><li><a href="#a&quot;b">&lt;b&gt; &amp;amp;</a></li></ul>');
  });

  it('takes scripts and styles out', () => {
    const { contentHtml } = readPageContent(
      npmPage('<p>kept</p><script>alert(1)</script><style>p {}</style>'),
    );
    expect(contentHtml).toBe('<p>kept</p>');
  });
});

function npmPage(content: string): string {
  return `<section id="content"><header class="title"><h1 id="t"><span>Title</span> <span>@1</span></h1>
    <span class="description">About</span></header><div id="_content">${content}</div></section>`;
}

function find(selector: string, html: string): ReturnType<typeof selectAll> {
  return selectAll(selector, parsePage(html));
}

function hrefs(html: string): string[] {
  return find('a[href]', html).map(({ attribs }) => attribs.href ?? '');
}

function idsIn(html: string): Set<string> {
  return new Set(find('[id]', html).map(({ attribs }) => attribs.id ?? ''));
}
