import { type AnyNode, type Element, isTag, isText } from 'domhandler';
import { findAll, textContent } from 'domutils';
import { attribute, indexedAttributes, weightOf } from './attributes.js';
import { isHeading, isSkipped } from './is-skipped.js';
import { textOf } from './text-of.js';

/** A part of a page from one heading with an id to the next. */
export interface PageSection {
  /** The heading's id; empty for the page's top. */
  anchor: string;
  /** Headings below the page's title down to the section's own; empty at the top. */
  trail: string[];
  blocks: Block[];
}

/** A paragraph, list item, table row or code block. */
export interface Block {
  /** White space collapsed, but for code, which keeps its lines. */
  text: string;
  /** How much its words count, 0 to 10; 1 where it is left out. */
  weight?: number;
}

const INLINE = new Set(
  'a abbr b bdi bdo br cite code data del dfn em font i img ins kbd mark q rp rt ruby s samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** Below any heading. */
const TITLED = 7;

/**
 * Cuts content at headings that have an id (their own, that of an anchor in them, or that of a section they begin) and at
 * other elements that have an id and a title for the index. Sections without text are left out; what they head stays in
 * their subsections' trails.
 * @param titled whether the first h1 is the page's title, and no heading inside it
 * @returns the sections, and that h1's text
 */
export function cutSections(
  roots: readonly AnyNode[],
  titled = true,
): { sections: PageSection[]; titleHeading: string } {
  const cutter = new SectionCutter(titled);
  for (const root of roots) cutter.readRoot(root);
  return { sections: cutter.finish(), titleHeading: cutter.titleHeading };
}

class SectionCutter {
  #current: PageSection = { anchor: '', trail: [], blocks: [] };
  readonly #sections: PageSection[] = [this.#current];
  /** Sections whose heading says that they are to be left out. */
  readonly #excluded = new Set<PageSection>();
  /** Headings that the current section stands under, outermost first. */
  #path: { level: number; text: string }[] = [];
  #line = '';
  #weight = 1;
  titleHeading = '';
  #awaitsTitle = true;

  constructor(readonly titled: boolean) {}

  /** Reads a part of the page; what stands around it may weigh it too. */
  readRoot(root: AnyNode): void {
    this.#weight = weightAround(root);
    this.read(root);
    this.#flush();
  }

  read(node: AnyNode): void {
    if (isText(node)) {
      this.#line += node.data;
    } else if (isTag(node)) {
      if (isSkipped(node)) return;
      if (isHeading(node)) this.#heading(node);
      else this.#weighed(node);
    }
  }

  finish(): PageSection[] {
    this.#flush();
    return this.#sections.filter((section) => section.blocks.length > 0 && !this.#excluded.has(section));
  }

  /** Of elements inside one another that have a weight, the innermost counts. */
  #weighed(element: Element): void {
    const weight = weightOf(element) ?? this.#weight;
    const outer = this.#weight;
    if (weight === outer) {
      this.#element(element);
      return;
    }
    this.#flush();
    this.#weight = weight;
    this.#element(element);
    this.#flush();
    this.#weight = outer;
  }

  #element(element: Element): void {
    const [path, current] = [this.#path, this.#current];
    this.#titled(element);
    if (element.name === 'pre') this.#code(element);
    else if (element.name === 'br') this.#line += ' ';
    else this.#children(element);
    // What a <section> heads, or is titled, ends with it.
    if (element.name === 'section') [this.#path, this.#current] = [path, current];
  }

  /** Begins a section where an element says its title and has an id, as a heading would. */
  #titled(element: Element): void {
    const title = attribute(element, 'title')?.replace(/\s+/g, ' ').trim();
    const { id } = element.attribs;
    if (!title || !id) return;
    this.#flush();
    this.#begin(id, TITLED, title);
  }

  #begin(anchor: string, level: number, text: string): void {
    this.#path = [...this.#path.filter((heading) => heading.level < level), { level, text }];
    this.#current = { anchor, trail: this.#path.map((heading) => heading.text), blocks: [] };
    this.#sections.push(this.#current);
  }

  #children(element: Element): void {
    const inline = INLINE.has(element.name);
    const cell = element.name === 'td' || element.name === 'th';
    if (!inline && !cell) this.#flush();
    for (const child of element.children) this.read(child);
    this.#attributes(element);
    if (cell) this.#line += ' ';
    else if (!inline) this.#flush();
  }

  #heading(element: Element): void {
    this.#flush();
    const level = Number(element.name.slice(1));
    const [own, swallowed] = headingAndRest(element);
    const text = textOf(own);
    const anchor = anchorOf(element);
    // One that cannot be linked to heads no part: it is the title, or the banner of the site.
    if (level === 1 && this.#awaitsTitle && (this.titled || anchor === undefined)) {
      this.#awaitsTitle = false;
      this.titleHeading = text;
    } else if (anchor === undefined || text === '') this.#block(text);
    else {
      this.#begin(anchor, level, text);
      // Material for MkDocs leaves out a section so, up to the next heading.
      if ('data-search-exclude' in element.attribs) this.#excluded.add(this.#current);
    }
    this.#attributes(element);
    this.#flush();
    for (const node of swallowed) this.read(node);
    this.#flush();
  }

  #attributes(element: Element): void {
    for (const text of indexedAttributes(element)) this.#line += ` ${text} `;
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
    this.#attributes(element);
    this.#flush();
  }

  #flush(): void {
    const line = this.#line;
    this.#line = '';
    this.#block(line);
  }

  #block(written: string, whitespace: 'collapse' | 'as it is' = 'collapse'): void {
    const text = (whitespace === 'collapse' ? written.replace(/\s+/g, ' ') : written).trim();
    const weight = this.#weight;
    if (text !== '') this.#current.blocks.push({ text, ...(weight !== 1 && { weight }) });
  }
}

/** The weight of the innermost element around a part of the page that has one. */
function weightAround(root: AnyNode): number {
  for (let around = root.parent; around; around = around.parent) {
    const weight = isTag(around) ? weightOf(around) : undefined;
    if (weight !== undefined) return weight;
  }
  return 1;
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
