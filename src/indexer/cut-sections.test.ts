import { isTag } from 'domhandler';
import { parseFragment } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { describe, expect, it } from 'vitest';
import { cutSections, headingText, type PageSection } from './cut-sections.js';

const cut = (html: string): PageSection[] =>
  cutSections(parseFragment(html, { treeAdapter: adapter }).children).sections;
const anchors = (html: string): string[] => cut(html).map(({ anchor }) => anchor);
const trails = (html: string): string[][] => cut(html).map(({ trail }) => trail);
const texts = ({ blocks }: PageSection): string[] => blocks.map(({ text }) => text);
const blocks = (html: string): string[] => cut(html).flatMap(texts);

describe('cutSections', () => {
  it('ends a section that an element is titled as with that element', () => {
    const html =
      '<h2 id="a">A</h2><p>1</p><section id="s" data-pagefind-title="S"><p>2</p></section><p>3</p>';
    expect(cut(html).map((section) => [section.anchor, texts(section)])).toEqual([
      ['a', ['1', '3']],
      ['s', ['2']],
    ]);
  });

  it('cuts at headings that have an id, and keeps what stands before the first', () => {
    expect(cut('<h1>Title</h1><p>Before.</p><h2 id="use">Use</h2><p>One.</p><p>Two.</p>')).toEqual([
      { anchor: '', trail: [], blocks: [{ text: 'Before.' }] },
      { anchor: 'use', trail: ['Use'], blocks: [{ text: 'One.' }, { text: 'Two.' }] },
    ]);
  });

  it.each([
    ['an id of its own', '<h2 id="use">Use</h2><p>x</p>'],
    ['an anchor in it', '<h2><a id="use"></a>Use</h2><p>x</p>'],
    ['an old-style anchor in it', '<h2><a name="use">Use</a></h2><p>x</p>'],
    ['the section that it begins, as Sphinx writes it', '<section id="use"><h2>Use</h2><p>x</p></section>'],
    [
      'a section that has a label first',
      '<section id="use"><span id="l"></span><h2>Use</h2><p>x</p></section>',
    ],
    ['a div that it begins, as older Sphinx does', '<div id="use">\n<h2>Use</h2><p>x</p></div>'],
  ])('finds the way to a heading by %s', (_, html) => {
    expect(cut(html)).toEqual([{ anchor: 'use', trail: ['Use'], blocks: [{ text: 'x' }] }]);
  });

  it('takes a heading that nothing leads to for text', () => {
    expect(cut('<h2 id="a">A</h2><p>x</p><h3>No id</h3><p>y</p>')).toEqual([
      { anchor: 'a', trail: ['A'], blocks: [{ text: 'x' }, { text: 'No id' }, { text: 'y' }] },
    ]);
  });

  it('nests headings by their level, and leaves sections without text to the trails of others', () => {
    const html = `<h2 id="a">A</h2><h3 id="b">B</h3><p>x</p><h4 id="c">C</h4><p>x</p>
      <h3 id="d">D</h3><p>x</p><h2 id="e">E</h2><p>x</p>`;
    expect(trails(html)).toEqual([['A', 'B'], ['A', 'B', 'C'], ['A', 'D'], ['E']]);
  });

  it('ends what a section element heads with the element', () => {
    const html = `<section><h2 id="a">A</h2><p>x</p><section><h3 id="b">B</h3><p>x</p></section></section>
      <h3 id="c">C</h3><p>x</p>`;
    expect(trails(html)).toEqual([['A'], ['A', 'B'], ['C']]);
  });

  it('gives text after a nested section to the outer one', () => {
    const html = `<section><h2 id="a">A</h2><p>1</p><section><h3 id="b">B</h3><p>2</p></section><p>3</p></section>`;
    expect(cut(html).map((section) => [section.anchor, texts(section)])).toEqual([
      ['a', ['1', '3']],
      ['b', ['2']],
    ]);
  });

  it('ends a heading that was never closed where a block begins', () => {
    expect(cut('<h2 id="z">Zebras<p>Stripes.<ul><li>Hooves.</ul><h2 id="y">Yaks</h2><p>Wool.</p>')).toEqual([
      { anchor: 'z', trail: ['Zebras'], blocks: [{ text: 'Stripes.' }, { text: 'Hooves.' }] },
      { anchor: 'y', trail: ['Yaks'], blocks: [{ text: 'Wool.' }] },
    ]);
  });

  it('keeps an aside that says something, and drops one of links', () => {
    const html =
      '<aside>Mind <a href="/gap">the gap</a> between things.</aside><aside><a href="/a">A page</a></aside>';
    expect(cut(html)).toEqual([
      { anchor: '', trail: [], blocks: [{ text: 'Mind the gap between things.' }] },
    ]);
  });

  it('takes the first h1 for the title, and a later one for a heading', () => {
    expect(trails('<h1 id="t">Title</h1><p>x</p><h1 id="u">Part two</h1><p>y</p>')).toEqual([
      [],
      ['Part two'],
    ]);
  });

  it.each([
    '<nav>drop</nav>',
    '<script>drop</script>',
    '<style>drop</style>',
    '<p hidden>drop</p>',
    '<span aria-hidden="true">drop</span>',
    '<button>drop</button>',
    '<form><label>drop</label></form>',
    '<footer><p>drop</p></footer>',
    '<div data-pagefind-ignore>drop</div>',
    '<div data-second-look-ignore><p>drop</p></div>',
    '<template><p>drop</p></template>',
    '<div data-pagefind-ignore="all">drop</div>',
    '<p data-search-exclude>drop</p>',
    '<!-- drop -->',
    '<ul><li><a href="#a">drop</a></li><li><a href="#b">drop</a></li><li><a href="#c">drop</a></li></ul>',
  ])('leaves out %s', (html) => {
    expect(blocks(`<p>keep</p>${html}<p>this</p>`).join(' ')).toBe('keep this');
  });

  it('keeps a list of links to other pages, and one that says more than its links', () => {
    const other =
      '<ul><li><a href="a.html">one</a><li><a href="b.html">two</a><li><a href="c.html">three</a></ul>';
    expect(blocks(other)).toEqual(['one', 'two', 'three']);
    const more =
      '<ul><li><a href="#a">a</a> explained<li><a href="#b">b</a> too<li><a href="#c">c</a> as well</ul>';
    expect(blocks(more)).toEqual(['a explained', 'b too', 'c as well']);
  });

  it('keeps the lines and the indentation of code', () => {
    expect(blocks('<pre><code>if (x) {\n  <b>y</b>();\n}\n</code></pre>')).toEqual(['if (x) {\n  y();\n}']);
  });

  it('keeps the lines of code that generators end with <br>, and leaves out the button that copies it', () => {
    expect(blocks('<pre><span>npm i</span><br><span>npm t</span><br><button>Copy</button></pre>')).toEqual([
      'npm i\nnpm t',
    ]);
  });

  it('keeps text before code before it', () => {
    expect(blocks('<ul><li>Run this: <pre>npm i</pre> then that</ul>')).toEqual([
      'Run this:',
      'npm i',
      'then that',
    ]);
  });

  it('makes a block of each paragraph, list item and table row, with white space collapsed', () => {
    const html = `<p>One
        <em>two</em>&nbsp;three</p><ul><li>four</li><li>five</li></ul>
      <table><tr><th>six</th><td>seven</td></tr><tr><td>eight</td></tr></table>`;
    expect(blocks(html)).toEqual(['One two three', 'four', 'five', 'six seven', 'eight']);
  });

  it('does not join words that only mark-up keeps apart', () => {
    expect(blocks('<div>one<div>two</div>three<br>four</div>').join(' ')).toBe('one two three four');
    expect(blocks('<p>in<b>line</b></p>')).toEqual(['inline']);
  });

  it('keeps what is hidden until a search in the page finds it', () => {
    expect(blocks('<p hidden="until-found">keep</p>')).toEqual(['keep']);
  });

  it('leaves out the section of a heading that is to be left out, up to the next heading', () => {
    const html = '<h2 id="a" data-search-exclude>A</h2><p>drop</p><h3 id="b">B</h3><p>keep</p>';
    expect(cut(html)).toEqual([{ anchor: 'b', trail: ['A', 'B'], blocks: [{ text: 'keep' }] }]);
  });

  it('begins a section at an element with an id and a title, below the heading before it', () => {
    const html = `<h2 id="a">A</h2><p>1</p><div id="b" data-pagefind-title=" B  b "><p>2</p></div><p>3</p>
      <p id="c" data-second-look-title="C">4</p><h3 id="d">D</h3><p>5</p><p data-pagefind-title="No id">6</p>`;
    expect(cut(html).map((section) => [section.anchor, section.trail, texts(section)])).toEqual([
      ['a', ['A'], ['1']],
      ['b', ['A', 'B b'], ['2', '3']],
      ['c', ['A', 'C'], ['4']],
      ['d', ['A', 'D'], ['5', '6']],
    ]);
  });

  it('gives each block the weight of the innermost element that has one', () => {
    const html = `<div data-pagefind-weight="5"><p>a</p><p data-second-look-weight="0.5">b <i data-pagefind-weight="20">c</i></p>
      <ul data-pagefind-weight="1"><li>d</ul><pre data-pagefind-weight=0>e</pre></div><p data-pagefind-weight="x">f</p>`;
    expect(cut(html)[0]?.blocks).toEqual([
      { text: 'a', weight: 5 },
      { text: 'b', weight: 0.5 },
      { text: 'c', weight: 10 },
      { text: 'd' },
      { text: 'e', weight: 0 },
      { text: 'f' },
    ]);
  });

  it('adds the texts of attributes that are to be found, in their place', () => {
    const html = `<p>One <img alt="two" title="three" data-pagefind-index-attrs="title, alt, src"> four.</p>
      <div title="six" data-second-look-index-attrs="title"><p>five</p></div><p title="no">seven</p>`;
    expect(blocks(html)).toEqual(['One three two four.', 'five', 'six', 'seven']);
  });

  it('finds nothing in nothing', () => {
    expect(cut('')).toEqual([]);
    expect(anchors('<h2 id="a">A</h2><h2 id="b">B</h2>')).toEqual([]);
  });
});

describe('headingText', () => {
  it.each([
    ['<h2>Use<a class="headerlink" href="#use">¶</a></h2>', 'Use'],
    ['<h2><a href="#use">#</a> Use</h2>', 'Use'],
    ['<h2>Use <a href="/page#use" aria-label="Permalink">\u200b</a></h2>', 'Use'],
    ['<h2>Use <span aria-hidden="true">🔗</span></h2>', 'Use'],
    ['<h2><a href="#use">Use</a></h2>', 'Use'],
    ['<h2>The <code>#use</code>\n  option</h2>', 'The #use option'],
  ])('reads %s as "%s"', (html, text) => {
    const [heading] = parseFragment(html, { treeAdapter: adapter }).children;
    expect(heading && isTag(heading) && headingText(heading)).toBe(text);
  });
});
