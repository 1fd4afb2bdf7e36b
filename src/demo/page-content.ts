import { Element, type ParentNode } from 'domhandler';
import { removeElement, textContent } from 'domutils';
import { escapeHtml, innerHtml, parsePage, selectAll, selectOne, wrap } from './html.js';

/** What a page of the npm docs says, ready to stand in the demo's layout. */
export interface PageContent {
  title: string;
  /** The id of the page's h1, so that links to it keep working. */
  titleId: string;
  description: string;
  contentHtml: string;
  /** The list of the page's sections; empty where the page has none. */
  tocHtml: string;
}

/** Reads one page of npm's own HTML docs. */
export function readPageContent(html: string): PageContent {
  const section = selectOne('section#content', parsePage(html));
  const heading = selectOne('header.title h1', section);
  const content = selectOne('#_content', section);

  for (const element of selectAll('script, style', content)) removeElement(element);
  for (const link of selectAll('a[href]', content)) link.attribs.href = repairLink(link.attribs.href ?? '');
  raiseHeadings(content);
  keepFlagsWhole(content);
  makeScrollable(content);

  return {
    title: textContent(selectOne('span:first-child', heading)).trim(),
    titleId: heading.attribs.id ?? '',
    description: textContent(selectOne('header.title .description', section)).trim(),
    contentHtml: innerHtml(content).trim(),
    tocHtml: sectionList(selectAll('h2[id], h3[id], h4[id]', content)),
  };
}

/**
 * npm's build puts `.html` at the very end of a link, after the fragment (`config#tag.html`), or leaves it away; here it
 * goes where it belongs. A link out of the command-line docs altogether goes to the website they are part of.
 */
function repairLink(href: string): string {
  const parts = /^(\.\.\/)?([\w-]+\/)?([\w-]+)(?:\.html)?(#[\w-]+?)?(?:\.html)?$/.exec(href);
  if (!parts) return href;
  const [, up = '', folder = '', name = '', fragment = ''] = parts;
  if (up && !folder) return `https://docs.npmjs.com/${name}${fragment}`;
  return `${up}${folder}${name}.html${fragment}`;
}

/** The sections of npm's pages start at h3, right below the h1; one level up and the outline has no gap. */
function raiseHeadings(content: ParentNode): void {
  for (const heading of selectAll('h3, h4, h5, h6', content))
    heading.name = `h${Number(heading.name.slice(1)) - 1}`;
}

/** `--save-dev` in a sentence is not to end one line with `--`: code that fits a phone's line is kept in one piece. */
function keepFlagsWhole(content: ParentNode): void {
  for (const code of selectAll(':not(pre) > code', content))
    if (textContent(code).length <= 24) code.attribs.class = 'unbroken';
}

/** Code and tables too wide for a phone scroll by themselves; whoever has only a keyboard can reach them to do so. */
function makeScrollable(content: ParentNode): void {
  for (const code of selectAll('pre', content)) code.attribs.tabindex = '0';
  for (const table of selectAll('table', content))
    wrap(table, new Element('div', { class: 'table', role: 'group', 'aria-label': 'Table', tabindex: '0' }));
}

/**
 * The sections of a page as nested lists of links. npm's own list is not used: it nests lists where HTML has no place for
 * them, and links within links where a heading has one.
 */
function sectionList(headings: Element[]): string {
  return headings.length > 0 ? `<ul>${sectionItems(headings)}</ul>` : '';
}

function sectionItems([first, ...rest]: Element[]): string {
  if (!first) return '';
  const next = rest.findIndex(({ name }) => name <= first.name);
  const end = next < 0 ? rest.length : next;
  const link = `<a href="#${escapeHtml(first.attribs.id ?? '')}">${escapeHtml(textContent(first))}</a>`;
  return `<li>${link}${sectionList(rest.slice(0, end))}</li>${sectionItems(rest.slice(end))}`;
}
