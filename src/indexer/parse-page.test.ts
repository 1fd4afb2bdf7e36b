import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PageContent, parsePage } from './parse-page.js';

function read(html: string): PageContent {
  const page = parsePage(html);
  if ('skipped' in page) throw new Error(page.skipped);
  return page;
}
const text = (html: string): string =>
  read(html)
    .sections.flatMap(({ blocks }) => blocks.map(({ text }) => text))
    .join(' ');

describe('parsePage', () => {
  it('reads title, language and sections', () => {
    expect(
      read(`<!doctype html><html lang="de-AT"><head><title>Handbuch</title></head>
        <body><main><h1>Handbuch</h1><p>Anfang.</p><h2 id="a">A</h2><p>Ende.</p></main></body></html>`),
    ).toMatchObject({
      title: 'Handbuch',
      language: 'de-AT',
      sections: [
        { anchor: '', trail: [], blocks: [{ text: 'Anfang.' }] },
        { anchor: 'a', trail: ['A'], blocks: [{ text: 'Ende.' }] },
      ],
    });
  });

  it.each([
    ['data-second-look-body before all', '<main>no</main><div data-second-look-body>yes</div>'],
    ['all of several marked parts', '<p data-pagefind-body>yes</p><p>no</p><p data-pagefind-body>yes</p>'],
    ['main', '<p>no</p><main>yes</main><p>no</p>'],
    ['the main role', '<p>no</p><div role="main">yes</div>'],
    ['a theme that it knows', '<p>no</p><div class="md-content">yes</div>'],
    ['article', '<p>no</p><article>yes</article>'],
    ['an id by custom', '<p>no</p><div id="content">yes</div>'],
    ['the body where nothing is marked', '<p>yes</p>'],
    ['the next best where the best is empty', '<main> </main><article>yes</article>'],
  ])('finds the main content: %s', (_, body) => {
    expect(text(`<body>${body}</body>`)).toMatch(/^yes( yes)?$/);
  });

  it('reads parts inside one another once', () => {
    expect(text('<article>one <article>two</article></article>')).toBe('one two');
  });

  it.each([
    ['<title>Install · Docs</title>', '<h1>Install</h1>', 'Install'],
    ['<title>npm-install</title>', '<h1>npm-install <span>@11.2</span></h1>', 'npm-install'],
    ['<title>Other words</title>', '<h1>Install</h1>', 'Install'],
    ['<title> Only\n title </title>', '', 'Only title'],
    ['', '<h1>Only<a href="#only">¶</a></h1>', 'Only'],
    ['', '', 'Untitled'],
  ])('reads %s with %s as a page titled by %s', (title, h1, expected) => {
    expect(read(`<head>${title}</head><main>${h1}<p>Text.</p></main>`).title).toBe(expected);
  });

  it('cuts at every h1 where several head the parts of a page', () => {
    const { title, sections } = read(
      '<title>Guide</title><main><h1 id="a">Install</h1><p>One.</p><h1 id="b">Configure</h1><p>Two.</p></main>',
    );
    expect(title).toBe('Guide');
    expect(sections.map(({ anchor, trail }) => [anchor, trail])).toEqual([
      ['a', ['Install']],
      ['b', ['Configure']],
    ]);
  });

  it.each([
    [
      '<header><h1>My Docs</h1></header><h1 id="install">Install</h1><p>Run it.</p>',
      [['install', 'Run it.']],
    ],
    ['<h1 hidden>Old</h1><h1 id="install">Install</h1><p>Run it.</p>', [['', 'Run it.']]],
  ])('takes no banner and no hidden h1 for the head of a part: %s', (body, expected) => {
    const { sections } = read(`<title>Install · My Docs</title><body>${body}`);
    expect(sections.map(({ anchor, blocks }) => [anchor, blocks[0]?.text])).toEqual(expected);
  });

  it('reads words as they are typed: composed, and without marks for where they may be broken', () => {
    const page = read(
      '<title>Daten&shy;schutz</title><main><p>authen\u00adtication of foo.\u200bbar, cafe\u0301</p></main>',
    );
    expect(page.title).toBe('Datenschutz');
    expect(page.sections[0]?.blocks).toEqual([{ text: 'authentication of foo.bar, café' }]);
  });

  it('finds the h1 that stands outside the main content', () => {
    expect(read('<body><h1>Title</h1><main><p>Text.</p></main>').title).toBe('Title');
  });

  it.each([
    ['', /no text/],
    ['<title>Redirect</title><meta http-equiv="refresh" content="0; url=/x">', /leads to another page/],
    ['<main><nav>Only links</nav><script>code()</script></main>', /no text/],
    ['<main><h1>Title</h1></main>', /no text/],
    ['<head><meta name="robots" content="noindex, nofollow"></head><p>Text</p>', /noindex/],
    ['<head><META NAME="ROBOTS" CONTENT="NOINDEX"></head><p>Text</p>', /noindex/],
  ])('leaves out %j, and says why', (html, reason) => {
    expect(parsePage(html)).toEqual({ skipped: expect.stringMatching(reason) as string });
  });

  it.each([
    '<main><p>one<p>two<li>three',
    '<main><div><p>one</div></p><b>two<i></b>three</i>',
    '<main>one<table>two<tr><td>three',
    '<p>one</p></body></html><p>two</p></main>three',
    '<main>one<!-- two three',
    '<main>one & two &nosuch; &#xD800; three',
    '<main>one\0two \u{FFFD} three</unknown-thing',
  ])('reads broken HTML as browsers do: %j', (html) => {
    expect(text(html)).toContain('one');
  });

  it.each(['noindex', 'none', 'NOINDEX, nofollow'])(
    'leaves out a page whose robots meta says %s',
    (content) => {
      expect(parsePage(`<meta name="robots" content="${content}"><p>x</p>`)).toMatchObject({
        skipped: expect.stringContaining('robots') as string,
      });
    },
  );

  it('reads or leaves out anything at all', () => {
    const tags = [
      'main',
      'h1',
      'h2 id=a',
      'section id=b',
      'p',
      'pre',
      'table',
      'tr',
      'td',
      'ul',
      'li',
      'a href=#x',
      'template',
      'svg',
    ];
    const piece = fc.oneof(
      fc.constantFrom(...tags).map((tag) => `<${tag}>`),
      fc.constantFrom(...tags).map((tag) => `</${tag.split(' ')[0]!}>`),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        '<',
        '<!--',
        '-->',
        '<![CDATA[',
        '&#',
        '\0',
        '"',
        "'",
        '<plaintext>',
        '<head>',
        '</body>',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const page = parsePage(pieces.join(''));
        if ('skipped' in page) expect(page.skipped).not.toBe('');
        else {
          expect(page.title).not.toBe('');
          expect(page.sections.length).toBeGreaterThan(0);
          for (const { blocks } of page.sections)
            expect(blocks.length > 0 && blocks.every(({ text }) => text.trim() !== '')).toBe(true);
        }
      }),
    );
  });

  it('gives the whole of a page the weight of what stands around its main content', () => {
    const [first] = read('<body data-pagefind-weight="3"><main><p>x</p></main>').sections;
    expect(first?.blocks).toEqual([{ text: 'x', weight: 3 }]);
  });

  it('reads nothing else where the part that is marked is empty', () => {
    expect(parsePage('<main>x</main><div data-pagefind-body></div>')).toMatchObject({ skipped: /no text/ });
  });

  it('indexes a page that only asks not to be shown inside others', () => {
    expect(read('<meta name="robots" content="noindexifembedded, max-snippet:-1"><p>x</p>').title).toBe(
      'Untitled',
    );
    expect(parsePage('<meta name="robots" content="none, noarchive"><p>x</p>')).toHaveProperty('skipped');
  });

  it('takes the title that the author gives, a default where there is no other', () => {
    const titled = (more: string): string => read(`${more}<main><p>Text.</p></main>`).title;
    expect(titled('<h1>H</h1><p data-pagefind-meta="title">Given</p>')).toBe('Given');
    expect(titled('<h1>H</h1><p data-pagefind-default-meta="title">Given</p>')).toBe('H');
    expect(titled('<p data-pagefind-default-meta="title">Given</p>')).toBe('Given');
  });

  it('takes the first picture of the content for the page, before a default and after what the author names', () => {
    const image = (head: string, main: string): unknown[] =>
      ['image', 'image_alt'].map(
        (key) => read(`${head}<nav><img src="no.png"></nav><main>x${main}</main>`).meta.get(key)?.value,
      );
    const pictures =
      '<img src="data:image/gif;base64,AA"><nav><img src="b.png"></nav><p><img src="c.png" alt="C"></p>';
    const fallback =
      '<meta property="og:image" content="/d.png" data-pagefind-default-meta="image[content]">';
    expect(image(fallback, pictures)).toEqual(['c.png', 'C']);
    expect(image(fallback, '')).toEqual(['/d.png', undefined]);
    expect(image('<p data-second-look-meta="image:/e.png">', pictures)).toEqual(['/e.png', undefined]);
  });

  it('does not run out of stack on deep nesting', () => {
    const page = parsePage(`<main>${'<div>'.repeat(400)}deep`);
    expect(page).toMatchObject({ sections: [{ blocks: [{ text: 'deep' }] }] });
  });

  it('reads what selectors say, for pages that cannot be changed', () => {
    const html =
      '<div id="doc"><p class="ad" data-pagefind-meta="ad">Buy</p><p>Text</p></div><main>Other</main>';
    const page = parsePage(html, { root: '#doc', exclude: ['.ad', 'em'] }) as PageContent;
    expect(page.sections).toEqual([{ anchor: '', trail: [], blocks: [{ text: 'Text' }] }]);
    expect(page.meta.size).toBe(0);
    expect(parsePage(html, { root: 'article' })).toEqual({ skipped: 'it has no element like article' });
    expect(parsePage(`${html}<p data-pagefind-body>Marked</p>`, { root: 'article' })).toMatchObject({
      sections: [{ blocks: [{ text: 'Marked' }] }],
    });
  });
});
