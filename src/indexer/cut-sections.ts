import { type AnyNode, type Element, isTag, isText } from 'domhandler';
import { findAll, textContent } from 'domutils';

/** A part of a page from one heading with an id to the next. */
export interface PageSection {
  /** The heading's id; empty for the page's top. */
  anchor: string;
  /** Headings below the page's h1 down to the section's own; empty at the top. */
  trail: string[];
  /** Paragraphs, list items, table rows and code blocks in order, white space collapsed (code keeps its lines). */
  blocks: string[];
}

/** Never part of a page's text. */
const SKIPPED = new Set(
  'script style noscript template svg math iframe object canvas nav footer form button select label dialog head'.split(
    ' ',
  ),
);
const INLINE = new Set(
  'a abbr b bdi bdo br cite code data del dfn em font i img ins kbd mark q rp rt ruby s samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/**
 * Cuts content at headings that have an id: their own, that of an anchor in them, or that of a section they begin.
 * Sections without text are left out; what they head stays in their subsections' trails.
 */
export function cutSections(roots: readonly AnyNode[]): PageSection[] {
  const cutter = new SectionCutter();
  for (const root of roots) cutter.read(root);
  return cutter.finish();
}

class SectionCutter {
  #current: PageSection = { anchor: '', trail: [], blocks: [] };
  readonly #sections: PageSection[] = [this.#current];
  /** Headings that the current section stands under, outermost first. */
  #path: { level: number; text: string }[] = [];
  #line = '';
  #seenTitle = false;

  read(node: AnyNode): void {
    if (isText(node)) {
      this.#line += node.data;
    } else if (isTag(node)) {
      if (isSkipped(node)) return;
      if (/^h[1-6]$/.test(node.name)) this.#heading(node);
      else if (node.name === 'pre') this.#code(node);
      else if (node.name === 'br') this.#line += ' ';
      else this.#children(node);
    }
  }

  finish(): PageSection[] {
    this.#flush();
    return this.#sections.filter((section) => section.blocks.length > 0);
  }

  #children(element: Element): void {
    const inline = INLINE.has(element.name);
    const cell = element.name === 'td' || element.name === 'th';
    if (!inline && !cell) this.#flush();
    const [path, current] = [this.#path, this.#current];
    for (const child of element.children) this.read(child);
    if (cell) this.#line += ' ';
    else if (!inline) this.#flush();
    // What a <section> heads ends with it.
    if (element.name === 'section') [this.#path, this.#current] = [path, current];
  }

  #heading(element: Element): void {
    this.#flush();
    const level = Number(element.name.slice(1));
    const [own, swallowed] = headingAndRest(element);
    const text = textOf(own);
    const anchor = anchorOf(element);
    if (level === 1 && !this.#seenTitle) this.#seenTitle = true;
    else if (anchor === undefined || text === '') this.#block(text);
    else {
      this.#path = [...this.#path.filter((heading) => heading.level < level), { level, text }];
      this.#current = { anchor, trail: this.#path.map((heading) => heading.text), blocks: [] };
      this.#sections.push(this.#current);
    }
    for (const node of swallowed) this.read(node);
    this.#flush();
  }

  #code(element: Element): void {
    this.#flush();
    const lines = codeText(element).split('\n');
    this.#block(
      lines
        .map((line) => line.trimEnd())
        .filter((line) => line !== '')
        .join('\n'),
      'as it is',
    );
  }

  #flush(): void {
    const line = this.#line;
    this.#line = '';
    this.#block(line);
  }

  #block(text: string, whitespace: 'collapse' | 'as it is' = 'collapse'): void {
    const block = (whitespace === 'collapse' ? text.replace(/\s+/g, ' ') : text).trim();
    if (block !== '') this.#current.blocks.push(block);
  }
}

/** Code as it is shown: some generators end lines with `<br>`, and put a button to copy it inside. */
function codeText(node: AnyNode): string {
  if (isText(node)) return node.data;
  if (!isTag(node) || isSkipped(node)) return '';
  return node.name === 'br' ? '\n' : node.children.map(codeText).join('');
}

/** A heading that was never closed takes in what follows it, up to the next heading: text, then blocks that are not its own. */
function headingAndRest(heading: Element): [own: readonly AnyNode[], rest: readonly AnyNode[]] {
  const { children } = heading;
  const block = children.findIndex((node) => isTag(node) && !INLINE.has(node.name) && !isSkipped(node));
  return block > 0 && children.slice(0, block).some((node) => textContent(node).trim() !== '')
    ? [children.slice(0, block), children.slice(block)]
    : [children, []];
}

/** A heading's text without the permalink mark that generators put in it. */
export function headingText(heading: Element): string {
  return textOf(heading.children);
}

function textOf(nodes: readonly AnyNode[]): string {
  const text = (node: AnyNode): string =>
    isText(node) ? node.data : isTag(node) && !isSkipped(node) ? node.children.map(text).join('') : '';
  return nodes.map(text).join('').replace(/\s+/g, ' ').trim();
}

/** The id that leads to a heading; undefined when there is none. */
function anchorOf(heading: Element): string | undefined {
  const own = heading.attribs.id;
  if (own) return own;
  const inside = findAll(
    (element) => element.name === 'a' && Boolean(element.attribs.id ?? element.attribs.name),
    [heading],
  )[0];
  if (inside) return inside.attribs.id ?? inside.attribs.name;
  // Sphinx and others put the id on the section that the heading begins.
  const { parent } = heading;
  const begins =
    parent &&
    isTag(parent) &&
    parent.children.find((child) => child === heading || textContent(child).trim() !== '') === heading;
  return (begins && parent.attribs.id) || undefined;
}

function isSkipped(element: Element): boolean {
  const { name, attribs } = element;
  return (
    SKIPPED.has(name) ||
    'hidden' in attribs ||
    attribs['aria-hidden'] === 'true' ||
    isPermalink(element) ||
    'data-pagefind-ignore' in attribs ||
    'data-second-look-ignore' in attribs ||
    isTableOfContents(element) ||
    isSidebar(element)
  );
}

/** The mark that generators put behind what has an id: "#", "¶". */
function isPermalink(element: Element): boolean {
  return (
    element.name === 'a' &&
    (element.attribs.href ?? '').includes('#') &&
    !/[\p{L}\p{N}]/u.test(textContent(element))
  );
}

/** A list that is little but links to its own page. */
function isTableOfContents(element: Element): boolean {
  if (element.name !== 'ul' && element.name !== 'ol') return false;
  const links = linksIn(element).filter((link) => (link.attribs.href ?? '').startsWith('#'));
  return links.length > 2 && shareOf(links, element) > 0.9;
}

/** An aside that is mostly links. Others are notes and warnings, which are part of the text. */
function isSidebar(element: Element): boolean {
  return element.name === 'aside' && shareOf(linksIn(element), element) > 0.5;
}

function linksIn(element: Element): Element[] {
  return findAll((inner) => inner.name === 'a', [element]);
}

/** How much of an element's text is in these parts of it, 0 to 1. */
function shareOf(parts: readonly Element[], element: Element): number {
  const length = (node: AnyNode): number => textContent(node).replace(/\s+/g, ' ').trim().length;
  return parts.reduce((sum, part) => sum + length(part), 0) / Math.max(1, length(element));
}
